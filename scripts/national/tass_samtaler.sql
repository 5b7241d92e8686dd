-- Conversations come at even distances, shaken, at the rate of the benefit, the municipality and the person.
-- A few persons are met much more seldom. Twice a day is rare; between 12 March and 26 May 2020 almost none was held.
with paced as (
    select
        episode.*,
        365.0 / (
            episode.conversations_a_year
            * municipality.conversation_factor
            * case
                when draw('seldom met', episode.person_no, 0, 0) < municipality.seldom_met_share then 0.4
                else 0.85 + 0.4 * draw('pace', episode.person_no, 0, 0)
            end
        ) as distance
    from episode
    inner join municipality on episode.home = municipality.kommunekode
    where episode.conversations_a_year is not null
),

numbered as (
    select
        *,
        unnest(
            list_concat(
                range(ceil(days / distance)::integer),
                case when draw('twice a day', person_no, episode_no, 0) < 0.02 then [1000] else [] end
            )
        )::integer as number
    from paced
),

during as (
    select
        person_no,
        person_id,
        episode_no,
        number,
        benefit,
        home,
        kommunekode,
        moved_on,
        new_kommunekode,
        start_date + floor(
            (number % 1000 + 0.1 + 0.8 * draw('day', person_no, episode_no, number % 1000)) * distance
        )::integer as samtaledato,
        end_date
    from numbered
),

-- Held before the stay, which counts from 2024 (C-10); after it, when a-dagpenge is not paid (C-11); and planned ahead.
around as (
    select
        person_no, person_id, episode_no, 2000 as number, benefit, home, kommunekode, moved_on, new_kommunekode,
        start_date - 1 - floor(35 * draw('early', person_no, episode_no, 0))::integer as samtaledato
    from episode
    where
        benefit in ('A_DAGPENGE', 'KONTANTHJAELP', 'UDDANNELSESHJAELP', 'OVERGANGSYDELSE_UDEN_PROGRAM')
        and start_date > date '2017-03-01'
        and draw('is early', person_no, episode_no, 0) < 0.25
    union all by name
    select
        person_no, person_id, episode_no, 3000 as number, benefit, home, kommunekode, moved_on, new_kommunekode,
        end_date + 1 + floor(40 * draw('late', person_no, episode_no, 0))::integer as samtaledato
    from episode
    where benefit = 'A_DAGPENGE' and end_date < date '2024-11-15' and draw('is late', person_no, episode_no, 0) < 0.08
    union all by name
    select
        person_no, person_id, episode_no, 4000 as number, benefit, home, kommunekode, moved_on, new_kommunekode,
        date '2025-01-02' + floor(19 * draw('ahead', person_no, episode_no, 0))::integer as samtaledato
    from episode
    where is_running and conversations_a_year is not null and draw('is ahead', person_no, episode_no, 0) < 0.3
),

drawn as (
    select
        *,
        draw('type', person_no, episode_no, number) as type_draw,
        draw('form', person_no, episode_no, number) as form_draw,
        draw('status', person_no, episode_no, number) as status_draw,
        draw('holder', person_no, episode_no, number) as holder_draw,
        fault('conversation', person_no, episode_no, number) as fault_kind
    from (
        select * exclude (end_date) from during where samtaledato <= end_date
        union all by name
        from around
    )
    where
        samtaledato not between date '2020-03-12' and date '2020-05-26'
        or draw('closed', person_no, episode_no, number) < 0.15
),

typed as (
    select
        *,
        case
            when fault_kind = 1 then 'UKENDT'
            when benefit = 'SYGEDAGPENGE' then case
                when type_draw < 0.92 then 'SYGEOPFOELGNING'
                when type_draw < 0.97 then 'JOBSAMTALE'
                else 'ANDEN'
            end
            when benefit = 'A_DAGPENGE' then case
                when type_draw < 0.74 then 'JOBSAMTALE'
                when type_draw < 0.84 then 'FAELLESSAMTALE'
                when type_draw < 0.91 then 'CV_SAMTALE'
                when type_draw < 0.97 then 'RAADIGHEDSSAMTALE'
                else 'ANDEN'
            end
            when type_draw < 0.94 then 'JOBSAMTALE'
            when type_draw < 0.96 then 'CV_SAMTALE'
            when type_draw < 0.97 then 'SYGEOPFOELGNING'
            when type_draw < 0.98 then 'FAELLESSAMTALE'
            else 'ANDEN'
        end as samtaletype
    from drawn
),

-- Personal, then telephone, then video; what is left is another form.
with_forms as (
    select
        typed.*,
        form.personal_share + case when typed.number = 0 then 0.1 else 0 end as personal_limit,
        form.personal_share + form.telephone_share as telephone_limit,
        form.personal_share + form.telephone_share + form.video_share as video_limit,
        effort.held_share
    from typed
    inner join municipality_year as effort on typed.home = effort.kommunekode and year(typed.samtaledato) = effort.aar
    inner join form_period as form on typed.samtaledato between form.from_date and form.to_date
)

select
    'S' || lpad(person_no::varchar, 7, '0') || lpad(episode_no::varchar, 2, '0')
    || lpad(case when fault_kind = 3 then greatest(number - 1, 0) else number end::varchar, 4, '0') as samtale_id,
    person_id,
    case when fault_kind = 4 then date '1899-12-30' else samtaledato end as samtaledato,
    samtaletype,
    case
        when form_draw < personal_limit then 'PERSONLIGT_FREMMOEDE'
        when form_draw < telephone_limit then 'TELEFON'
        when form_draw < video_limit then 'VIDEO'
        else 'ANDEN'
    end as kontaktform,
    case
        when samtaletype in ('CV_SAMTALE', 'RAADIGHEDSSAMTALE') and benefit = 'A_DAGPENGE' then 'AKASSE'
        when benefit = 'A_DAGPENGE' and holder_draw < 0.06 then 'AKASSE'
        when holder_draw < 0.14 then 'ANDEN_AKTOER'
        when holder_draw > 0.999 then 'AKASSE'
        else 'JOBCENTER'
    end as afholdt_af,
    case
        when samtaledato > date '2024-12-31' then 'PLANLAGT'
        when status_draw < held_share then 'AFHOLDT'
        when status_draw < 0.5 + held_share / 2 then 'UDEBLEVET'
        when status_draw < 0.99 then 'AFLYST'
        else 'PLANLAGT'
    end as status,
    case
        when fault_kind < 5
            then faulty_municipality(home_on(samtaledato, kommunekode, moved_on, new_kommunekode), fault_kind)
    end as kommunekode,
from with_forms
order by person_no, episode_no, number

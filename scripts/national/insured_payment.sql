-- Grain: one month's payment of a-dagpenge, cut to the stay; hours net of deductions, 160.33 (part time 130) for a
-- whole month. RAM holds the first half of 2017, FLEUR what follows; a few rows stand in the wrong one of the two.
create temp view insured_payment as
with monthly as (
    select
        person_no,
        person_id,
        episode_no,
        start_date,
        end_date,
        unnest(
            list_concat(
                range(month_number(start_date), month_number(end_date) + 1),
                case when draw('twice', person_no, episode_no, 0) < 0.003 then [month_number(start_date)] else [] end
            )
        )::integer as m
    from episode
    where benefit = 'A_DAGPENGE'
),

drawn as (
    select
        person_no,
        person_id,
        m,
        greatest(start_date, month_start(m)) as periode_start,
        least(end_date, month_end(m)) as periode_slut,
        weekdays_in(greatest(start_date, month_start(m)), least(end_date, month_end(m)))
        / weekdays_in(month_start(m), month_end(m)) as month_share,
        case
            when
                draw('part time', person_no, 0, 0) < 0.08
                or (draw('changes form', person_no, 0, 0) < 0.01 and m % 24 < 9)
                then 'DELTID'
            else 'FULDTID'
        end as forsikringsart,
        draw('hours', person_no, episode_no, m) as hours_draw,
        draw('share of hours', person_no, episode_no, m) as share_draw,
        draw('kind', person_no, episode_no, 0) as kind_draw,
        draw('work sharing', person_no, episode_no, 0) as sharing_draw,
        draw('register', person_no, episode_no, m) as register_draw,
        fault('insured', person_no, episode_no, m) as fault_kind
    from monthly
)

select
    person_no,
    person_id,
    case when m < 6 then register_draw >= 0.002 else register_draw < 0.00005 end as is_in_ram,
    case when m < 6 then register_draw < 0.004 else register_draw >= 0.00005 end as is_in_fleur,
    case
        when fault_kind = 1 then 'UKENDT'
        when m < 12 and kind_draw < 0.004 then 'SAERLIG_UDDANNELSESYDELSE'
        when m < 24 and kind_draw < 0.010 then 'ARBEJDSMARKEDSYDELSE'
        when m < 36 and kind_draw < 0.015 then 'KONTANTYDELSE'
        else 'A_DAGPENGE'
    end as ydelsestype,
    periode_start,
    faulty_end(periode_start, periode_slut, fault_kind) as periode_slut,
    case
        when fault_kind = 2 then -1
        when hours_draw < 0.02 then 0
        else month_share
            * case when forsikringsart = 'FULDTID' then 160.33 else 130 end
            * case when hours_draw < 0.25 then 0.3 + 0.7 * share_draw else 1 end
    end::decimal(7, 2) as timer,
    forsikringsart,
    case
        when fault_kind < 5 then lpad((1 + floor(24 * draw('fund', person_no, 0, 0)))::integer::varchar, 2, '0')
    end as akassekode,
    m between 38 and 56 and sharing_draw < 0.03 as arbejdsfordeling,
from drawn
where hours_draw < 0.99

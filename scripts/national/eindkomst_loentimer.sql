-- Hours of ordinary work beside the benefit, by calendar month, from the month before the stay to the month after it.
with monthly as (
    select
        person_no,
        person_id,
        episode_no,
        draw('hours a month', person_no, 0, 0) as level_draw,
        unnest(range(greatest(month_number(start_date) - 1, 0), least(month_number(end_date) + 2, 96)))::integer as m
    from episode
    where
        (is_municipal and conversations_a_year is not null or benefit = 'A_DAGPENGE')
        and draw('works', person_no, 0, 0) < 0.25
)

select
    person_id,
    month_start(m) as periode_start,
    case fault('income', person_no, episode_no, m)
        when 3 then month_start(m) - 1
        else month_end(m)
    end as periode_slut,
    case fault('income', person_no, episode_no, m)
        when 1 then -7.4
        when 2 then null
        else 4 + 56 * level_draw * draw('hours worked', person_no, episode_no, m)
    end::decimal(9, 2) as loentimer,
from monthly
where draw('works in month', person_no, episode_no, m) < 0.6
order by person_no, periode_start, loentimer

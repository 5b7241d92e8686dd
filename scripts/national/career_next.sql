-- Grain: one person who has not reached the end of 2024. A gap (none, short or long) and then the next benefit.
insert into career_step
with previous as (
    select
        person_no,
        career,
        step + 1 as step,
        benefit is null as is_gap,
        end_day,
        draw('gap', person_no, step, 0) as gap_draw,
        draw('gap days', person_no, step, 0) as gap_days_draw,
        draw('next', person_no, step, 0) as benefit_draw,
        draw('days', person_no, step, 0) as days_draw
    from career_step
    where step = getvariable('step') and end_day < 2921
),

dated as (
    select
        previous.person_no,
        previous.career,
        previous.step,
        choice.benefit,
        previous.end_day + 1 + case
            when previous.is_gap or previous.gap_draw < career.no_gap_share then 0
            when previous.gap_draw < career.no_gap_share + career.short_gap_share
                then 1 + floor(60 * previous.gap_days_draw)::integer
            else floor(-ln(1 - previous.gap_days_draw) * career.long_gap_days)::integer
        end as start_day,
        least(floor(-ln(1 - previous.days_draw) * choice.mean_days)::integer, choice.longest_days) as further_days
    from previous
    inner join career on previous.career = career.career
    inner join career_choice as choice
        on
            previous.career = choice.career
            and previous.benefit_draw >= choice.from_share
            and previous.benefit_draw < choice.to_share
)

select
    person_no,
    career,
    step,
    benefit,
    start_day,
    start_day + further_days as end_day,
from dated
where start_day < 2922

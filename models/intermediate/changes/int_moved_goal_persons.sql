-- Grain: focus goal x area x month in whose window any person's part differs. Rules: G-01, G-02.
-- Each person once in a window of twelve months: a month in which the part differs is looked at until the window has passed
-- it, or the person's next such month takes over.
with stretches as (
    select
        moved.focus_goal,
        moved.area_type,
        moved.area_code,
        persons.is_new_data,
        moved.measure_month as from_month,
        least(
            {{ add_months('moved.measure_month', legal_parameter('focus_goal_months')) }},
            lead(moved.measure_month) over (
                partition by moved.focus_goal, moved.area_type, moved.area_code, moved.person_key
                order by moved.measure_month
            )
        ) as before_month
    from {{ ref('int_moved_goal_months') }} as moved
    inner join {{ ref('int_compared_persons') }} as persons on moved.person_key = persons.person_key
),

counted_stretches as (
    select focus_goal, area_type, area_code, is_new_data, from_month, before_month, count(*) as persons
    from stretches
    group by focus_goal, area_type, area_code, is_new_data, from_month, before_month
),

final as (
    select
        stretches.focus_goal,
        stretches.area_type,
        stretches.area_code,
        months.measure_month,
        sum(stretches.persons) as persons_moved,
        sum(stretches.persons) filter (where stretches.is_new_data) as persons_new_data
    from counted_stretches as stretches
    inner join {{ ref('int_months') }} as months
        on stretches.from_month <= months.measure_month and stretches.before_month > months.measure_month
    group by stretches.focus_goal, stretches.area_type, stretches.area_code, months.measure_month
)

select * from final

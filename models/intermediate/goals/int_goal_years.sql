-- Grain: year whose December is measured. Rules: V-07.
-- Which focus goals are active in the year.
with final as (
    select
        cast(year(months.measure_month) as integer) as goal_year,
        months.measure_month as december,
        coalesce(bool_or(goals.focus_goal = 'offers'), false) as is_offer_goal_active,
        coalesce(bool_or(goals.focus_goal = 'conversations'), false) as is_conversation_goal_active
    from {{ ref('int_months') }} as months
    left join {{ ref('active_focus_goals') }} as goals
        on months.measure_month between goals.valid_from and goals.valid_to
    where month(months.measure_month) = 12
    group by months.measure_month
)

select * from final

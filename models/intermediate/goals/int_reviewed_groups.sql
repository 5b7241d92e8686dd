-- Grain: municipality under administration x year x group that misses an active goal. Rules: V-05, V-07.
with final as (
    select
        states.municipality_code,
        states.goal_year,
        years.december,
        years.is_offer_goal_active,
        years.is_conversation_goal_active,
        averages.benefit_group
    from {{ ref('int_supervision_states') }} as states
    inner join {{ ref('int_goal_years') }} as years on states.goal_year = years.goal_year
    inner join {{ ref('int_focus_goal_averages') }} as averages
        on
            averages.area_type = 'municipality'
            and states.municipality_code = averages.area_code
            and years.december = averages.measure_month
            and averages.benefit_group <> 'all'
    where
        states.status = 'administration'
        and (
            (years.is_offer_goal_active and not averages.is_offer_goal_met)
            or (years.is_conversation_goal_active and not averages.is_conversation_goal_met)
        )
)

select * from final

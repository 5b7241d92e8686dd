-- Rules: V-01, V-06.
-- The goals beside a status are the published ones: the result goal, and the focus goals of the yearly row, active or not.
with goals as (
    select area_code as municipality_code, "year", is_offer_goal_met, is_conversation_goal_met
    from {{ ref('mart_focus_goals_yearly') }}
    where area_type = 'municipality'
),

results as (
    select municipality_code, goal_year as "year", actual_share, expected_share
    from {{ ref('stg_bm__result_goals') }}
),

final as (
    select supervision.municipality_code, supervision."year"
    from {{ ref('mart_supervision') }} as supervision
    left join goals
        on supervision.municipality_code = goals.municipality_code and supervision."year" = goals."year"
    left join results
        on supervision.municipality_code = results.municipality_code and supervision."year" = results."year"
    where
        supervision.actual_share is distinct from results.actual_share
        or supervision.expected_share is distinct from results.expected_share
        or supervision.is_result_goal_met is distinct from (results.actual_share <= results.expected_share)
        or supervision.is_offer_goal_met is distinct from goals.is_offer_goal_met
        or supervision.is_conversation_goal_met is distinct from goals.is_conversation_goal_met
)

select * from final

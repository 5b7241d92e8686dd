-- Grain: municipality x year whose December is measured. Rules: V-01, V-02, V-06, V-07.
-- The result goal and the focus goals of the year, and what the active ones say. Unknown residence is no municipality.
with municipalities as (
    select municipality_code from {{ ref('stg_bm__result_goals') }}
    union
    select area_code as municipality_code
    from {{ ref('mart_focus_goals_yearly') }}
    where area_type = 'municipality'
),

figures as (
    select
        municipalities.municipality_code,
        years.goal_year,
        results.actual_share,
        results.expected_share,
        results.actual_share <= results.expected_share as is_result_goal_met,
        goals.is_offer_goal_met,
        goals.is_conversation_goal_met,
        goals.offer_limit,
        goals.conversation_limit,
        cast(goals.avg_share_without_offer as decimal(12, 10)) as share_without_offer,
        cast(goals.avg_share_under_4 as decimal(12, 10)) as share_under_4,
        years.is_offer_goal_active,
        years.is_conversation_goal_active
    from municipalities
    cross join {{ ref('int_goal_years') }} as years
    left join {{ ref('stg_bm__result_goals') }} as results
        on municipalities.municipality_code = results.municipality_code and years.goal_year = results.goal_year
    left join {{ ref('mart_focus_goals_yearly') }} as goals
        on
            goals.area_type = 'municipality'
            and municipalities.municipality_code = goals.area_code
            and years.goal_year = goals.year
    where municipalities.municipality_code <> '000'
),

final as (
    select
        *,
        coalesce(is_offer_goal_active and not is_offer_goal_met, false) as misses_offer_goal,
        coalesce(is_conversation_goal_active and not is_conversation_goal_met, false) as misses_conversation_goal,
        (is_offer_goal_active and is_offer_goal_met is null)
        or (is_conversation_goal_active and is_conversation_goal_met is null) as lacks_active_figure
    from figures
)

select * from final

-- Rules: G-01, G-02.
-- A goal is met below its limit, not on it: 20 percent for conversations, and for offers 20 percent up to December 2022 and 30
-- percent from January 2023 (version notat-2023-03-22). Without an average it is neither met nor missed.
with goals as (
    select
        *,
        0.2 as conversation_limit_of_law,
        case
            when measure_month >= date '2023-01-01' and {{ is_built_from('notat-2023-03-22') }} then 0.3
            else 0.2
        end as offer_limit_of_law
    from {{ ref('mart_focus_goals_monthly') }}
),

final as (
    select *
    from goals
    where
        offer_limit <> offer_limit_of_law
        or conversation_limit <> conversation_limit_of_law
        or is_offer_goal_met is distinct from (avg_share_without_offer < offer_limit_of_law)
        or is_conversation_goal_met is distinct from (avg_share_under_4 < conversation_limit_of_law)
)

select * from final

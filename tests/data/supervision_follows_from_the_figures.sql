-- Rules: V-01 to V-07, I-20, I-24, I-26. Source: 004 § 11: from 50 percent without an offer 20 points are needed, 10 are enough.
-- Each status follows from the one of the year before and the published figures: who is selected, who has come half of the way
-- to the limit since selection, who is under administration, and for whom supervision ends.
with goals as (
    select
        area_code as municipality_code,
        "year",
        is_offer_goal_met,
        is_conversation_goal_met,
        cast(avg_share_without_offer as decimal(12, 10)) as share_without_offer,
        cast(avg_share_under_4 as decimal(12, 10)) as share_under_4,
        case when "year" >= 2023 and {{ is_built_from('notat-2023-03-22') }} then 0.3 else 0.2 end as offer_limit,
        0.2 as conversation_limit
    from {{ ref('mart_focus_goals_yearly') }}
    where area_type = 'municipality'
),

supervision as (
    select
        municipality_code,
        "year",
        status,
        coalesce(lag(status) over (partition by municipality_code order by "year"), 'none') as status_before,
        coalesce(actual_share > expected_share, false) as misses_result_goal,
        "year" >= 2023 as has_offer_goal,
        "year" >= 2021 as has_conversation_goal
    from {{ ref('mart_supervision') }}
),

supervision_with_selection as (
    select
        *,
        max(case when status = 'selected' and status_before in ('none', 'ended') then "year" end) over (
            partition by municipality_code order by "year" rows between unbounded preceding and 1 preceding
        ) as selection_year
    from supervision
),

figures as (
    select
        supervision.*,
        (supervision.has_offer_goal and goals.is_offer_goal_met is null)
        or (supervision.has_conversation_goal and goals.is_conversation_goal_met is null) as lacks_figure,
        coalesce(supervision.has_offer_goal and not goals.is_offer_goal_met, false) as misses_offers,
        coalesce(supervision.has_conversation_goal and not goals.is_conversation_goal_met, false) as misses_conversations,
        coalesce(
            not selection.is_offer_goal_met
            and (selection.share_without_offer - goals.share_without_offer) * 2
            >= selection.share_without_offer - goals.offer_limit,
            false
        ) as is_half_way_with_offers,
        coalesce(
            not selection.is_conversation_goal_met
            and (selection.share_under_4 - goals.share_under_4) * 2
            >= selection.share_under_4 - goals.conversation_limit,
            false
        ) as is_half_way_with_conversations
    from supervision_with_selection as supervision
    left join goals
        on supervision.municipality_code = goals.municipality_code and supervision."year" = goals."year"
    left join goals as selection
        on
            supervision.municipality_code = selection.municipality_code
            and supervision.selection_year = selection."year"
),

expected as (
    select
        *,
        case
            when status_before in ('none', 'ended') and misses_result_goal and (misses_offers or misses_conversations)
                then 'selected'
            when status_before in ('none', 'ended') then 'none'
            when lacks_figure then status_before
            when not misses_offers and not misses_conversations then 'ended'
            when
                status_before = 'selected'
                and (not misses_offers or is_half_way_with_offers)
                and (not misses_conversations or is_half_way_with_conversations)
                then 'extended'
            else 'administration'
        end as expected_status
    from figures
),

final as (
    select *
    from expected
    where status <> expected_status
)

select * from final

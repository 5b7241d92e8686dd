-- Grain: municipality x year whose December is measured. Rules: V-02 to V-06.
-- The state moves from year to year; the shares of the year of selection travel along, because improvement is measured
-- from them, towards the limit of the year assessed.
with recursive first_years as (
    select municipality_code, min(goal_year) as goal_year
    from {{ ref('int_supervision_figures') }}
    group by municipality_code
),

before_first_years as (
    select
        municipality_code,
        goal_year - 1 as goal_year,
        cast('none_result_missing' as varchar) as transition,
        cast('none' as varchar) as status,
        cast(null as decimal(12, 10)) as selection_share_without_offer,
        cast(null as decimal(12, 10)) as selection_share_under_4,
        cast(null as boolean) as selection_misses_offer_limit,
        cast(null as boolean) as selection_misses_conversation_limit
    from first_years
),

states as (
    select * from before_first_years
    union all
    select
        moved.municipality_code,
        moved.goal_year,
        moved.transition,
        coalesce(nullif(transitions.status, ''), moved.previous_status) as status,
        {{ at_selection('moved.share_without_offer', 'selection_share_without_offer') }} as selection_share_without_offer,
        {{ at_selection('moved.share_under_4', 'selection_share_under_4') }} as selection_share_under_4,
        {{ at_selection('not moved.is_offer_goal_met', 'selection_misses_offer_limit') }} as selection_misses_offer_limit,
        {{ at_selection('not moved.is_conversation_goal_met', 'selection_misses_conversation_limit') }}
            as selection_misses_conversation_limit
    from (
        select
            figures.*,
            states.status as previous_status,
            states.selection_share_without_offer,
            states.selection_share_under_4,
            states.selection_misses_offer_limit,
            states.selection_misses_conversation_limit,
            case
                when states.status in ('none', 'ended') and figures.is_result_goal_met is null then 'none_result_missing'
                when states.status in ('none', 'ended') and figures.is_result_goal_met then 'none_result_met'
                when
                    states.status in ('none', 'ended')
                    and not (figures.misses_offer_goal or figures.misses_conversation_goal)
                    then 'none_goals_met'
                when states.status in ('none', 'ended') then 'selected'
                when figures.lacks_active_figure then 'unchanged'
                when not (figures.misses_offer_goal or figures.misses_conversation_goal) then 'ended'
                when states.status = 'administration' then 'administration_continued'
                when states.status = 'extended' then 'administration_after_extension'
                when
                    (
                        not figures.misses_offer_goal
                        or {{ is_half_way('offer', 'share_without_offer') }}
                    )
                    and (
                        not figures.misses_conversation_goal
                        or {{ is_half_way('conversation', 'share_under_4') }}
                    )
                    then 'extended'
                else 'administration_not_improved'
            end as transition
        from states
        inner join {{ ref('int_supervision_figures') }} as figures
            on
                states.municipality_code = figures.municipality_code
                and states.goal_year + 1 = figures.goal_year
    ) as moved
    inner join {{ ref('supervision_transitions') }} as transitions on moved.transition = transitions.transition
),

final as (
    select states.municipality_code, states.goal_year, states.transition, states.status
    from states
    inner join first_years
        on states.municipality_code = first_years.municipality_code and states.goal_year >= first_years.goal_year
)

select * from final

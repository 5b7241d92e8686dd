-- Grain: municipality x year whose December is measured. Rules: V-01 to V-07.
-- Where a figure is lacking, only the date of publication stands (V-06): the deadlines are those of status none.
with deadlines as (
    select
        states.municipality_code,
        states.goal_year,
        {{ deadline_date('published_by') }} as published_by,
        {{ deadline_date('notice_by') }} as notice_by,
        {{ deadline_date('statement_due') }} as statement_due,
        {{ deadline_date('recovery_end') }} as recovery_end
    from {{ ref('int_supervision_states') }} as states
    inner join {{ ref('supervision_transitions') }} as transitions on states.transition = transitions.transition
    inner join {{ ref('supervision_deadlines') }} as deadlines
        on case when transitions.is_figure_missing then 'none' else states.status end = deadlines.status
    group by states.municipality_code, states.goal_year
),

final as (
    select
        figures.municipality_code,
        figures.goal_year as "year",
        figures.actual_share,
        figures.expected_share,
        figures.is_result_goal_met,
        figures.is_offer_goal_met,
        figures.is_conversation_goal_met,
        states.status,
        deadlines.published_by,
        deadlines.notice_by,
        deadlines.statement_due,
        deadlines.recovery_end,
        concat(
            transitions.reason,
            ' (without offer ', {{ percent_text('figures.share_without_offer') }},
            case when figures.is_offer_goal_active then '' else ', not active' end,
            '; fewer than four conversations ', {{ percent_text('figures.share_under_4') }},
            case when figures.is_conversation_goal_active then '' else ', not active' end,
            ').'
        ) as reason
    from {{ ref('int_supervision_figures') }} as figures
    inner join {{ ref('int_supervision_states') }} as states
        on figures.municipality_code = states.municipality_code and figures.goal_year = states.goal_year
    inner join {{ ref('supervision_transitions') }} as transitions on states.transition = transitions.transition
    inner join deadlines
        on figures.municipality_code = deadlines.municipality_code and figures.goal_year = deadlines.goal_year
)

select * from final

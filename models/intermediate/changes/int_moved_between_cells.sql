-- Grain: monthly mart x area x month x group x duration cell x measure. Rules: M-05, M-10, M-11.
-- Moves of persons who change cell or have several groups in the month: each pattern is laid out on the cells it is counted
-- in, own group and all, by the first row of a build in the cell.
with areas as (
    {{ areas_of('(select distinct municipality_code from ' ~ ref('int_move_patterns') ~ ')') }}
),

moves as (
    select
        patterns.pattern_number,
        patterns.measure_month,
        patterns.is_new_data,
        patterns.persons,
        areas.area_type,
        areas.area_code,
        duration_cells.duration_cell as duration_interval,
        grouping_of.benefit_group,
        coalesce({{ first_state('conversation_state', 'previous') }}, 'absent') as previous_conversation_state,
        coalesce({{ first_state('offer_state', 'previous') }}, 'absent') as previous_offer_state,
        coalesce({{ first_state('conversation_state', 'current') }}, 'absent') as current_conversation_state,
        coalesce({{ first_state('offer_state', 'current') }}, 'absent') as current_offer_state
    from {{ ref('int_move_patterns') }} as patterns
    inner join areas on patterns.municipality_code = areas.municipality_code
    inner join {{ ref('int_duration_cells') }} as duration_cells
        on patterns.duration_interval = duration_cells.duration_interval
    cross join unnest([patterns.benefit_group, 'all']) as grouping_of (benefit_group)
    where not patterns.is_in_place
    group by all
),

moves_by_mart as (
    {{ moves_by_mart('moves') }}
),

final as (
    select
        changes.source_table,
        moves_by_mart.area_type,
        moves_by_mart.area_code,
        moves_by_mart.measure_month,
        moves_by_mart.benefit_group,
        moves_by_mart.duration_interval,
        changes.measure,
        {{ count_moves('moves_by_mart') }}
    from moves_by_mart
    inner join {{ ref('int_part_changes') }} as changes
        on
            moves_by_mart.source_table = changes.source_table
            and moves_by_mart.previous_state = changes.previous_state
            and moves_by_mart.current_state = changes.current_state
    group by
        changes.source_table,
        moves_by_mart.area_type,
        moves_by_mart.area_code,
        moves_by_mart.measure_month,
        moves_by_mart.benefit_group,
        moves_by_mart.duration_interval,
        changes.measure
)

select * from final

-- Grain: monthly mart x municipality x month x group x duration interval x measure. Rules: M-10, M-11.
-- Moves of persons who stay in their cell, with one group in the month: they are the same in every cell that holds it.
with moves as (
    select
        earlier.measure_month,
        earlier.benefit_group,
        earlier.municipality_code,
        earlier.duration_interval,
        earlier.is_new_data,
        earlier.conversation_state as previous_conversation_state,
        earlier.offer_state as previous_offer_state,
        latest.conversation_state as current_conversation_state,
        latest.offer_state as current_offer_state,
        earlier.persons
    from {{ ref('int_move_patterns') }} as earlier
    inner join {{ ref('int_move_patterns') }} as latest
        on
            earlier.pattern_number = latest.pattern_number
            and earlier.build = 'previous'
            and latest.build = 'current'
            and latest.is_in_place
    where earlier.is_in_place
),

moves_by_mart as (
    {{ moves_by_mart('moves') }}
),

final as (
    select
        changes.source_table,
        moves_by_mart.municipality_code,
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
        moves_by_mart.municipality_code,
        moves_by_mart.measure_month,
        moves_by_mart.benefit_group,
        moves_by_mart.duration_interval,
        changes.measure
)

select * from final

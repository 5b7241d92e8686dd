-- Grain: monthly mart x state in the previous build x state in this one x measure in which the part differs. Rules: M-10, M-11.
-- What it means for the figures of a cell when a person goes from one state to another; `absent` is not being in the cell.
with parts (source_table, measure, state, part) as (
    values
    {{ parts_of_figures() }}
),

states as (
    select distinct source_table, state from parts
    union all
    select distinct source_table, 'absent' as state from parts
),

measures as (
    select distinct source_table, measure from parts
),

changes as (
    select
        measures.source_table,
        previous_states.state as previous_state,
        current_states.state as current_state,
        measures.measure,
        coalesce(previous_parts.part, 'none') as previous_part,
        coalesce(current_parts.part, 'none') as current_part
    from measures
    inner join states as previous_states on measures.source_table = previous_states.source_table
    inner join states as current_states on measures.source_table = current_states.source_table
    left join parts as previous_parts
        on
            measures.source_table = previous_parts.source_table
            and measures.measure = previous_parts.measure
            and previous_states.state = previous_parts.state
    left join parts as current_parts
        on
            measures.source_table = current_parts.source_table
            and measures.measure = current_parts.measure
            and current_states.state = current_parts.state
),

final as (
    select
        source_table,
        previous_state,
        current_state,
        measure,
        previous_part = 'none' as is_in,
        current_part = 'none' as is_out
    from changes
    where previous_part <> current_part
)

select * from final

-- Grain: monthly mart x area x month x group x duration cell x measure in which a person's part differs.
-- Rules: M-05, M-10, M-11.
-- Each pattern is laid out on the cells it is counted in, own group and all, by the first row of a build in the cell.
with areas as (
    {{ areas_of('(select distinct municipality_code from ' ~ ref('int_move_patterns') ~ ')') }}
),

states as (
    select
        patterns.pattern_number,
        patterns.measure_month,
        patterns.is_new_data,
        patterns.persons,
        areas.area_type,
        areas.area_code,
        duration_cells.duration_cell,
        grouping_of.benefit_group,
        arg_min(patterns.conversation_state, patterns.choice) filter (where patterns.build = 'previous') as earlier_conversations,
        arg_min(patterns.conversation_state, patterns.choice) filter (where patterns.build = 'current') as latest_conversations,
        arg_min(patterns.offer_state, patterns.choice) filter (where patterns.build = 'previous') as earlier_offers,
        arg_min(patterns.offer_state, patterns.choice) filter (where patterns.build = 'current') as latest_offers
    from {{ ref('int_move_patterns') }} as patterns
    inner join areas on patterns.municipality_code = areas.municipality_code
    inner join {{ ref('int_duration_cells') }} as duration_cells
        on patterns.duration_interval = duration_cells.duration_interval
    cross join unnest([patterns.benefit_group, 'all']) as grouping_of (benefit_group)
    group by all
),

all_states as (
    select
        *,
        'mart_conversations_monthly' as source_table,
        earlier_conversations as previous_state,
        latest_conversations as current_state
    from states
    union all
    select
        *,
        'mart_offers_monthly' as source_table,
        earlier_offers as previous_state,
        latest_offers as current_state
    from states
),

states_by_mart as (
    select *
    from all_states
    where previous_state is distinct from current_state
),

parts (source_table, measure, state, part) as (
    values
    {{ parts_of_figures() }}
),

parts_of_builds as (
    {% for build in ['previous', 'current'] -%}
    select
        states_by_mart.*,
        parts.measure,
        parts.part,
        '{{ build }}' as build
    from states_by_mart
    inner join parts
        on states_by_mart.source_table = parts.source_table and states_by_mart.{{ build }}_state = parts.state
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

moves as (
    select
        source_table,
        area_type,
        area_code,
        measure_month,
        benefit_group,
        duration_cell,
        measure,
        is_new_data,
        persons,
        any_value(part) filter (where build = 'previous') as previous_part,
        any_value(part) filter (where build = 'current') as current_part
    from parts_of_builds
    group by
        pattern_number,
        source_table,
        area_type,
        area_code,
        measure_month,
        benefit_group,
        duration_cell,
        measure,
        is_new_data,
        persons
),

final as (
    select
        source_table,
        area_type,
        area_code,
        measure_month,
        benefit_group,
        duration_cell as duration_interval,
        measure,
        sum(persons) filter (where previous_part is null) as persons_in,
        sum(persons) filter (where current_part is null) as persons_out,
        sum(persons) as persons_moved,
        sum(persons) filter (where is_new_data) as persons_new_data
    from moves
    where previous_part is distinct from current_part
    group by source_table, area_type, area_code, measure_month, benefit_group, duration_cell, measure
)

select * from final

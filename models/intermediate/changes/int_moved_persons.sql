-- Grain: monthly mart x area x month x group x duration cell x measure in which a person's part differs.
-- Rules: M-05, M-10, M-11.
with areas as (
    {{ areas_of('(select distinct municipality_code from ' ~ ref('int_moved_in_place') ~ ')') }}
),

moves as (
    select
        in_place.source_table,
        areas.area_type,
        areas.area_code,
        in_place.measure_month,
        grouping_of.benefit_group,
        duration_cells.duration_cell as duration_interval,
        in_place.measure,
        in_place.persons_in,
        in_place.persons_out,
        in_place.persons_moved,
        in_place.persons_new_data
    from {{ ref('int_moved_in_place') }} as in_place
    inner join areas on in_place.municipality_code = areas.municipality_code
    inner join {{ ref('int_duration_cells') }} as duration_cells
        on in_place.duration_interval = duration_cells.duration_interval
    cross join unnest([in_place.benefit_group, 'all']) as grouping_of (benefit_group)
    union all by name
    select * from {{ ref('int_moved_between_cells') }}
),

final as (
    select
        source_table,
        area_type,
        area_code,
        measure_month,
        benefit_group,
        duration_interval,
        measure,
        sum(persons_in) as persons_in,
        sum(persons_out) as persons_out,
        sum(persons_moved) as persons_moved,
        sum(persons_new_data) as persons_new_data
    from moves
    group by source_table, area_type, area_code, measure_month, benefit_group, duration_interval, measure
)

select * from final

-- Grain: area x measured month x group (and all) x duration cell. Rules: M-05, M-10, M-11.
-- The cells of one group are sums of the smallest cells. The cells of all groups are those sums, less the rows of persons
-- with several groups in the month, plus the one row chosen for each of them.
with shared_counts as (
    select
        measure_month,
        municipality_code,
        duration_interval,
        {{ count_cell_rows() }}
    from {{ ref('int_shared_month_rows') }}
    group by measure_month, municipality_code, duration_interval
),

small_cells as (
    select * from {{ ref('int_group_counts') }}
    union all
    select
        measure_month,
        municipality_code,
        'all' as benefit_group,
        duration_interval,
        {{ sum_cell_counts() }}
    from {{ ref('int_group_counts') }}
    group by measure_month, municipality_code, duration_interval
    union all
    select
        measure_month,
        municipality_code,
        'all' as benefit_group,
        duration_interval,
        {{ sum_cell_counts('-') }}
    from shared_counts
    group by measure_month, municipality_code, duration_interval
),

municipality_cells as (
    select
        small_cells.municipality_code,
        small_cells.measure_month,
        small_cells.benefit_group,
        duration_cells.duration_cell,
        {{ sum_cell_counts() }}
    from small_cells
    inner join {{ ref('int_duration_cells') }} as duration_cells
        on small_cells.duration_interval = duration_cells.duration_interval
    group by
        small_cells.municipality_code,
        small_cells.measure_month,
        small_cells.benefit_group,
        duration_cells.duration_cell
),

parts as (
    select
        areas.area_type,
        areas.area_code,
        municipality_cells.measure_month,
        municipality_cells.benefit_group,
        municipality_cells.duration_cell,
        {{ cell_counts_of('municipality_cells') }}
    from municipality_cells
    inner join {{ ref('int_areas') }} as areas on municipality_cells.municipality_code = areas.municipality_code
    union all
    select
        area_type,
        area_code,
        measure_month,
        'all' as benefit_group,
        duration_cell,
        {{ count_cell_rows() }}
    from {{ ref('int_chosen_month_rows') }}
    group by area_type, area_code, measure_month, duration_cell
),

final as (
    select
        area_type,
        area_code,
        measure_month,
        benefit_group,
        duration_cell as duration_interval,
        {{ sum_cell_counts() }}
    from parts
    group by area_type, area_code, measure_month, benefit_group, duration_cell
)

select * from final

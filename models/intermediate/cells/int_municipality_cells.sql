-- Grain: municipality x measured month x group (and all) x duration cell. Rules: M-05, M-10, M-11.
-- Sums of the smallest cells. The cells of all groups are without the persons who have several groups in the month.
{{ config(materialized='view') }}

with totals as (
    select
        {{ code('duration_interval', 'duration_interval') }} as duration_interval,
        {{ code('duration_cell', 'duration_cell') }} as duration_cell
    from {{ ref('int_duration_cells') }}
    where duration_cell <> duration_interval
),

shared_counts as (
    select
        measure_month,
        municipality_code,
        duration_interval,
        {{ count_cell_rows() }}
    from {{ ref('int_shared_month_rows') }}
    group by measure_month, municipality_code, duration_interval
),

all_groups as (
    select * exclude (benefit_group) from {{ ref('int_group_counts') }}
    union all
    select
        measure_month,
        municipality_code,
        duration_interval,
        {{ sum_cell_counts('-') }}
    from shared_counts
    group by measure_month, municipality_code, duration_interval
),

interval_cells as (
    select * replace ({{ code('cell_group', 'benefit_group') }} as benefit_group)
    from {{ ref('int_group_counts') }}
    union all
    select
        measure_month,
        municipality_code,
        {{ code('cell_group', "'all'") }} as benefit_group,
        duration_interval,
        {{ sum_cell_counts() }}
    from all_groups
    group by measure_month, municipality_code, duration_interval
),

final as (
    select * replace ({{ code('duration_cell', 'duration_interval') }} as duration_interval)
    from interval_cells
    union all
    select
        interval_cells.measure_month,
        interval_cells.municipality_code,
        interval_cells.benefit_group,
        totals.duration_cell as duration_interval,
        {{ sum_cell_counts() }}
    from interval_cells
    inner join totals on interval_cells.duration_interval = totals.duration_interval
    group by
        interval_cells.measure_month,
        interval_cells.municipality_code,
        interval_cells.benefit_group,
        totals.duration_cell
)

select * from final

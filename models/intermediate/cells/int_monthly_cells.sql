-- Grain: area x measured month x group (and all) x duration cell. Rules: M-04, M-05, M-10, M-11.
-- Municipalities are summed to regions and the country, and the row chosen for each person with several groups in the month
-- comes to all groups. The other cells of a municipality are as they are.
with areas as (
    select municipality_code, area_type, {{ code('area_code', 'area_code') }} as area_code
    from {{ ref('int_areas') }}
),

area_cells as (
    select
        areas.area_type,
        areas.area_code,
        cells.measure_month,
        cells.benefit_group,
        cells.duration_interval,
        {{ cell_counts_of('cells') }}
    from {{ ref('int_municipality_cells') }} as cells
    inner join areas on cells.municipality_code = areas.municipality_code
),

chosen_cells as (
    select
        area_type,
        {{ code('area_code', 'area_code') }} as area_code,
        measure_month,
        {{ code('cell_group', "'all'") }} as benefit_group,
        {{ code('duration_cell', 'duration_cell') }} as duration_interval,
        {{ count_cell_rows() }}
    from {{ ref('int_chosen_month_rows') }}
    group by area_type, area_code, measure_month, duration_cell
),

parts as (
    select * from area_cells
    where area_type <> 'municipality' or benefit_group = 'all'
    union all
    select * from chosen_cells
),

cells as (
    select * from area_cells
    where area_type = 'municipality' and benefit_group <> 'all'
    union all
    select
        area_type,
        area_code,
        measure_month,
        benefit_group,
        duration_interval,
        {{ sum_cell_counts() }}
    from parts
    group by area_type, area_code, measure_month, benefit_group, duration_interval
),

final as (
    select
        * replace (
            cast(area_code as varchar) as area_code,
            cast(benefit_group as varchar) as benefit_group,
            cast(duration_interval as varchar) as duration_interval
        )
    from cells
)

select * from final

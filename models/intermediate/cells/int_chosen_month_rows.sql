-- Grain: person x measured month x area x duration cell, only where the person has several groups in the month. Rules: M-05.
-- The row by which the person counts in the cell of all groups: the latest measurement date, then the group order.
{{ config(materialized='view') }}

with cells as (
    select
        shared_rows.*,
        areas.area_type,
        areas.area_code,
        duration_cells.duration_cell,
        benefits.sort_order
    from {{ ref('int_shared_month_rows') }} as shared_rows
    inner join {{ ref('int_areas') }} as areas on shared_rows.municipality_code = areas.municipality_code
    inner join {{ ref('int_duration_cells') }} as duration_cells
        on shared_rows.duration_interval = duration_cells.duration_interval
    inner join {{ ref('benefits') }} as benefits on shared_rows.benefit_group = benefits.benefit
),

final as (
    select *
    from cells
    qualify row_number() over (
        partition by person_key, measure_month, area_type, area_code, duration_cell
        order by measurement_date desc, sort_order asc
    ) = 1
)

select * from final

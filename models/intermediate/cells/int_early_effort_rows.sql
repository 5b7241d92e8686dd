-- Grain: person x measured month x area x group (and all) in the interval of six months. Rules: M-05, M-12.
-- Only groups that are in the early effort measurement in the month; the total takes one row of a person.
{{ config(materialized='view') }}

with early_rows as (
    select
        cell_rows.*,
        areas.area_type,
        areas.area_code,
        benefits.sort_order
    from {{ ref('int_cell_rows') }} as cell_rows
    inner join {{ ref('duration_thresholds') }} as thresholds
        on cell_rows.duration_interval = thresholds.duration_interval and thresholds.threshold = 'six_months'
    inner join {{ ref('early_effort_groups') }} as early_groups
        on
            cell_rows.benefit_group = early_groups.benefit_group
            and cell_rows.measure_month between early_groups.valid_from and early_groups.valid_to
    inner join {{ ref('int_areas') }} as areas on cell_rows.municipality_code = areas.municipality_code
    inner join {{ ref('benefits') }} as benefits on cell_rows.benefit_group = benefits.benefit
),

chosen_rows as (
    select * replace ('all' as benefit_group)
    from early_rows
    qualify row_number() over (
        partition by person_key, measure_month, area_type, area_code
        order by measurement_date desc, sort_order asc
    ) = 1
),

final as (
    select * from early_rows
    union all
    select * from chosen_rows
)

select * from final

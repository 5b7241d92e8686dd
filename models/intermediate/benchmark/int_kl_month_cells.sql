-- Grain: area x measured month x KL target group x indicator from person-months. Rules: K-02, M-05.
-- All rows, less those of persons with several groups in the month, plus the row chosen for each of them in each cell.
with small_cells as (
    select
        municipality_code,
        measure_month,
        target_group,
        indicator,
        count(*) as rows,
        sum(counted_persons) as counted_persons,
        sum(counted_value) as counted_value
    from {{ ref('int_kl_month_rows') }}
    group by municipality_code, measure_month, target_group, indicator
),

shared_rows as (
    select month_rows.*
    from {{ ref('int_kl_month_rows') }} as month_rows
    semi join {{ ref('int_shared_month_rows') }} as shared_months
        on
            month_rows.person_key = shared_months.person_key
            and month_rows.measure_month = shared_months.measure_month
),

shared_area_rows as (
    select
        shared_rows.*,
        areas.area_type,
        areas.area_code,
        benefits.sort_order
    from shared_rows
    inner join {{ ref('int_kl_areas') }} as areas on shared_rows.municipality_code = areas.municipality_code
    inner join {{ ref('benefits') }} as benefits on shared_rows.benefit_group = benefits.benefit
),

chosen_rows as (
    select *
    from shared_area_rows
    qualify row_number() over (
        partition by person_key, measure_month, area_type, area_code, target_group, indicator
        order by measurement_date desc, sort_order asc
    ) = 1
),

parts as (
    select
        areas.area_type,
        areas.area_code,
        small_cells.measure_month,
        small_cells.target_group,
        small_cells.indicator,
        small_cells.rows,
        small_cells.counted_persons,
        small_cells.counted_value
    from small_cells
    inner join {{ ref('int_kl_areas') }} as areas on small_cells.municipality_code = areas.municipality_code
    union all
    select
        area_type,
        area_code,
        measure_month,
        target_group,
        indicator,
        -count(*) as rows,
        -sum(counted_persons) as counted_persons,
        -sum(counted_value) as counted_value
    from shared_area_rows
    group by area_type, area_code, measure_month, target_group, indicator
    union all
    select
        area_type,
        area_code,
        measure_month,
        target_group,
        indicator,
        count(*) as rows,
        sum(counted_persons) as counted_persons,
        sum(counted_value) as counted_value
    from chosen_rows
    group by area_type, area_code, measure_month, target_group, indicator
),

final as (
    select
        area_type,
        area_code,
        measure_month,
        target_group,
        indicator,
        sum(counted_value) as numerator,
        sum(counted_persons) as denominator
    from parts
    group by area_type, area_code, measure_month, target_group, indicator
)

select * from final

-- Grain: area x measured month x KL target group x indicator from person-months. Rules: K-02, M-05.
-- All rows, less those of persons with several groups in the month, plus the row chosen for each of them in each cell.
with small_cells as (
    select
        municipality_code,
        measure_month,
        target_group,
        'conversation_intensity' as indicator,
        count(*) as persons,
        count(*) filter (where not is_exempt_conversations) as counted_persons,
        count(*) filter (where not is_exempt_conversations and has_required_conversations) as counted_value
    from {{ ref('int_kl_month_rows') }}
    where has_required_conversations is not null
    group by municipality_code, measure_month, target_group
    union all
    select
        municipality_code,
        measure_month,
        target_group,
        'average_duration_' || duration_interval as indicator,
        count(*) as persons,
        count(*) as counted_persons,
        sum(duration) as counted_value
    from {{ ref('int_kl_month_rows') }}
    where has_average_duration
    group by municipality_code, measure_month, target_group, duration_interval
),

shared_rows as (
    select
        month_rows.*,
        areas.area_type,
        areas.area_code,
        benefits.sort_order
    from {{ ref('int_kl_month_rows') }} as month_rows
    semi join {{ ref('int_shared_month_rows') }} as shared_months
        on
            month_rows.person_key = shared_months.person_key
            and month_rows.measure_month = shared_months.measure_month
    inner join {{ ref('int_kl_areas') }} as areas on month_rows.municipality_code = areas.municipality_code
    inner join {{ ref('benefits') }} as benefits on month_rows.benefit_group = benefits.benefit
),

shared_indicator_rows as (
    select
        *,
        'conversation_intensity' as indicator,
        1 as persons,
        case when is_exempt_conversations then 0 else 1 end as counted_persons,
        case when has_required_conversations and not is_exempt_conversations then 1 else 0 end as counted_value
    from shared_rows
    where has_required_conversations is not null
    union all
    select
        *,
        'average_duration_' || duration_interval as indicator,
        1 as persons,
        1 as counted_persons,
        duration as counted_value
    from shared_rows
    where has_average_duration
),

chosen_rows as (
    select *
    from shared_indicator_rows
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
        small_cells.persons,
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
        -persons as persons,
        -counted_persons as counted_persons,
        -counted_value as counted_value
    from shared_indicator_rows
    union all
    select area_type, area_code, measure_month, target_group, indicator, persons, counted_persons, counted_value
    from chosen_rows
),

final as (
    select
        area_type,
        area_code,
        measure_month,
        target_group,
        indicator,
        sum(persons) as persons,
        sum(counted_value) as numerator,
        sum(counted_persons) as denominator
    from parts
    group by area_type, area_code, measure_month, target_group, indicator
)

select * from final

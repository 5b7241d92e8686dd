-- Grain: area x measured month x KL target group x indicator from person-months. Rules: K-02, M-05.
-- Persons with one group in the month count by municipality; of those with several, one row is chosen in each cell.
with month_rows as (
    select
        month_rows.*,
        shared_rows.person_key is not null as is_shared
    from {{ ref('int_kl_month_rows') }} as month_rows
    left join {{ ref('int_shared_month_rows') }} as shared_rows
        on
            month_rows.person_key = shared_rows.person_key
            and month_rows.measure_month = shared_rows.measure_month
            and month_rows.benefit_group = shared_rows.benefit_group
),

small_cells as (
    select
        municipality_code,
        measure_month,
        target_group,
        duration_interval,
        count(has_required_conversations) as conversation_rows,
        count(has_required_conversations) filter (where not is_exempt_conversations) as conversation_persons,
        count(*) filter (where not is_exempt_conversations and has_required_conversations) as persons_with_required,
        count(*) filter (where has_average_duration) as duration_persons,
        sum(duration) filter (where has_average_duration) as total_duration
    from month_rows
    where not is_shared
    group by municipality_code, measure_month, target_group, duration_interval
),

municipality_cells as (
    select
        municipality_code,
        measure_month,
        target_group,
        'conversation_intensity' as indicator,
        sum(conversation_rows) as persons,
        sum(conversation_persons) as counted_persons,
        sum(persons_with_required) as counted_value
    from small_cells
    where conversation_rows > 0
    group by municipality_code, measure_month, target_group
    union all
    select
        municipality_code,
        measure_month,
        target_group,
        'average_duration_' || duration_interval as indicator,
        duration_persons as persons,
        duration_persons as counted_persons,
        total_duration as counted_value
    from small_cells
    where duration_persons > 0
),

shared_rows as (
    select
        month_rows.*,
        areas.area_type,
        areas.area_code,
        benefits.sort_order
    from month_rows
    inner join {{ ref('int_kl_areas') }} as areas on month_rows.municipality_code = areas.municipality_code
    inner join {{ ref('benefits') }} as benefits on month_rows.benefit_group = benefits.benefit
    where month_rows.is_shared
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
        cells.measure_month,
        cells.target_group,
        cells.indicator,
        cells.persons,
        cells.counted_persons,
        cells.counted_value
    from municipality_cells as cells
    inner join {{ ref('int_kl_areas') }} as areas on cells.municipality_code = areas.municipality_code
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

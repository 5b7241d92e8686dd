-- Rules: M-04, M-05.
-- The cells of all groups and durations, and of all groups and twelve months or more, hold each person of the area once.
with municipalities as (
    select municipality_code, region_code
    from {{ ref('municipalities') }}
),

persons_of_municipalities as (
    select
        person_months.person_key,
        person_months.measure_month,
        person_months.municipality_code,
        bool_or(person_months.is_12_plus) as is_12_plus
    from {{ ref('int_person_months') }} as person_months
    group by person_months.person_key, person_months.measure_month, person_months.municipality_code
),

persons_of_regions as (
    select
        persons.person_key,
        persons.measure_month,
        municipalities.region_code,
        bool_or(persons.is_12_plus) as is_12_plus
    from persons_of_municipalities as persons
    inner join municipalities on persons.municipality_code = municipalities.municipality_code
    group by persons.person_key, persons.measure_month, municipalities.region_code
),

persons_of_country as (
    select person_key, measure_month, bool_or(is_12_plus) as is_12_plus
    from persons_of_municipalities
    group by person_key, measure_month
),

counted as (
    select
        'municipality' as area_type, municipality_code as area_code, measure_month,
        count(*) as persons, count(*) filter (where is_12_plus) as persons_12_plus
    from persons_of_municipalities
    group by municipality_code, measure_month
    union all
    select
        'region' as area_type, region_code as area_code, measure_month,
        count(*) as persons, count(*) filter (where is_12_plus) as persons_12_plus
    from persons_of_regions
    group by region_code, measure_month
    union all
    select
        'country' as area_type, 'DK' as area_code, measure_month,
        count(*) as persons, count(*) filter (where is_12_plus) as persons_12_plus
    from persons_of_country
    group by measure_month
),

cells as (
    select
        area_type, area_code, measure_month,
        sum(persons_measured + persons_exempt) filter (where duration_interval = 'all') as persons,
        coalesce(sum(persons_measured + persons_exempt) filter (where duration_interval = '12_plus'), 0) as persons_12_plus
    from {{ ref('mart_conversations_monthly') }}
    where benefit_group = 'all' and duration_interval in ('all', '12_plus')
    group by area_type, area_code, measure_month
),

final as (
    select
        coalesce(counted.area_code, cells.area_code) as area_code,
        coalesce(counted.measure_month, cells.measure_month) as measure_month,
        counted.persons as persons_counted,
        cells.persons,
        counted.persons_12_plus as persons_12_plus_counted,
        cells.persons_12_plus
    from counted
    full join cells
        on
            counted.area_type = cells.area_type
            and counted.area_code = cells.area_code
            and counted.measure_month = cells.measure_month
    where
        counted.persons is distinct from cells.persons
        or counted.persons_12_plus is distinct from cells.persons_12_plus
)

select * from final

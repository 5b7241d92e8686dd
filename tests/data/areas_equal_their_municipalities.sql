-- Rules: M-04, M-10, M-11.
-- In one group the municipalities make up their region and the country; codes outside the 98 are in the country and no region.
with municipalities as (
    select municipality_code, region_code
    from {{ ref('municipalities') }}
),

cells as (
    select
        'conversations' as measurement, area_type, area_code, measure_month, benefit_group, duration_interval,
        persons_measured, persons_under_4 as persons_short, persons_exempt
    from {{ ref('mart_conversations_monthly') }}
    where benefit_group <> 'all'
    union all
    select
        'offers' as measurement, area_type, area_code, measure_month, benefit_group, duration_interval,
        persons_measured, persons_without as persons_short, persons_exempt
    from {{ ref('mart_offers_monthly') }}
    where benefit_group <> 'all'
),

municipality_cells as (
    select cells.*, municipalities.region_code
    from cells
    left join municipalities on cells.area_code = municipalities.municipality_code
    where cells.area_type = 'municipality'
),

-- What each area should hold, and the area itself with the opposite sign.
parts as (
    select
        measurement, 'DK' as area_code, measure_month, benefit_group, duration_interval,
        persons_measured, persons_short, persons_exempt
    from municipality_cells
    union all
    select
        measurement, region_code as area_code, measure_month, benefit_group, duration_interval,
        persons_measured, persons_short, persons_exempt
    from municipality_cells
    where region_code is not null
    union all
    select
        measurement, area_code, measure_month, benefit_group, duration_interval,
        -persons_measured as persons_measured,
        -persons_short as persons_short,
        -persons_exempt as persons_exempt
    from cells
    where area_type in ('country', 'region')
),

final as (
    select
        measurement, area_code, measure_month, benefit_group, duration_interval,
        sum(persons_measured) as surplus_measured,
        sum(persons_short) as surplus_short,
        sum(persons_exempt) as surplus_exempt
    from parts
    group by measurement, area_code, measure_month, benefit_group, duration_interval
    having sum(persons_measured) <> 0 or sum(persons_short) <> 0 or sum(persons_exempt) <> 0
)

select * from final

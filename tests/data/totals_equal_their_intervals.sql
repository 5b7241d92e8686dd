-- Rules: T-05, M-10, M-11.
-- In one group the intervals below twelve months make up under_12, those from twelve months 12_plus, and the two make up all.
with intervals as (
    select duration_interval, duration_total, is_total
    from {{ ref('dim_duration_interval') }}
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

-- What each total should hold, and the total itself with the opposite sign.
parts as (
    select
        cells.measurement, cells.area_type, cells.area_code, cells.measure_month, cells.benefit_group,
        coalesce(intervals.duration_total, 'all') as total,
        cells.persons_measured, cells.persons_short, cells.persons_exempt
    from cells
    inner join intervals on cells.duration_interval = intervals.duration_interval
    where cells.duration_interval <> 'all'
    union all
    select
        cells.measurement, cells.area_type, cells.area_code, cells.measure_month, cells.benefit_group,
        cells.duration_interval as total,
        -cells.persons_measured as persons_measured,
        -cells.persons_short as persons_short,
        -cells.persons_exempt as persons_exempt
    from cells
    inner join intervals on cells.duration_interval = intervals.duration_interval and intervals.is_total
),

final as (
    select
        measurement, area_type, area_code, measure_month, benefit_group, total,
        sum(persons_measured) as surplus_measured,
        sum(persons_short) as surplus_short,
        sum(persons_exempt) as surplus_exempt
    from parts
    group by measurement, area_type, area_code, measure_month, benefit_group, total
    having sum(persons_measured) <> 0 or sum(persons_short) <> 0 or sum(persons_exempt) <> 0
)

select * from final

-- Grain: area x measured month x KL target group x indicator. Rules: K-02.
-- Numerator and denominator of every indicator. Population shares stand wherever any population is delivered.
with member_cells as (
    select
        areas.area_type,
        areas.area_code,
        cells.measure_month,
        cells.target_group,
        sum(cells.persons) as persons,
        sum(cells.member_days) as member_days,
        sum(cells.persons_with_company_offer) as persons_with_company_offer,
        sum(cells.offer_days) as offer_days
    from {{ ref('int_kl_member_cells') }} as cells
    inner join {{ ref('int_kl_areas') }} as areas on cells.municipality_code = areas.municipality_code
    group by areas.area_type, areas.area_code, cells.measure_month, cells.target_group
),

population_shares as (
    select
        cells.area_type,
        cells.area_code,
        cells.measure_month,
        cells.target_group,
        ages.indicator,
        cells.persons as numerator,
        coalesce(population.persons, 0) as denominator
    from member_cells as cells
    cross join {{ ref('kl_population_ages') }} as ages
    left join {{ ref('int_kl_population') }} as population
        on
            ages.indicator = population.indicator
            and cells.area_type = population.area_type
            and cells.area_code = population.area_code
            and cast(date_trunc('quarter', cells.measure_month) as date) = population.quarter_start
    where exists (select 1 from {{ ref('stg_dst__population') }})
),

offer_shares as (
    select
        area_type,
        area_code,
        measure_month,
        target_group,
        'company_offer_share' as indicator,
        persons_with_company_offer as numerator,
        persons as denominator
    from member_cells
    union all
    select
        area_type,
        area_code,
        measure_month,
        target_group,
        'any_offer_share' as indicator,
        offer_days as numerator,
        member_days as denominator
    from member_cells
),

indicators as (
    select * from population_shares
    union all
    select * from offer_shares
    union all
    select
        area_type,
        area_code,
        measure_month,
        target_group,
        indicator,
        numerator,
        denominator
    from {{ ref('int_kl_month_cells') }}
),

final as (
    select
        indicators.area_type,
        indicators.area_code,
        indicators.measure_month,
        cast(indicators.target_group as varchar) as target_group,
        indicators.indicator,
        indicator_groups.comparison,
        cast(indicators.numerator as double) as numerator,
        cast(indicators.denominator as double) as denominator,
        cast(indicators.numerator as double) / nullif(cast(indicators.denominator as double), 0) as value
    from indicators
    inner join {{ ref('kl_indicator_groups') }} as indicator_groups
        on
            indicators.target_group = indicator_groups.target_group
            and case when indicators.indicator like 'average_duration_%' then 'average_duration' else indicators.indicator end
            = indicator_groups.indicator
)

select * from final

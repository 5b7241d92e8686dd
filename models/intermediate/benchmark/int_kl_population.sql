-- Grain: population indicator x area x quarter (first month). Rules: K-02.
-- Inhabitants in the indicator's ages; the country is every municipality delivered.
with population as (
    select
        ages.indicator,
        population.municipality_code,
        population.quarter_start,
        sum(population.persons) as persons
    from {{ ref('stg_dst__population') }} as population
    inner join {{ ref('kl_population_ages') }} as ages on population.age between ages.from_age and ages.to_age
    group by ages.indicator, population.municipality_code, population.quarter_start
),

final as (
    select
        indicator,
        'municipality' as area_type,
        municipality_code as area_code,
        quarter_start,
        persons
    from population
    union all
    select
        population.indicator,
        'region' as area_type,
        municipalities.region_code as area_code,
        population.quarter_start,
        sum(population.persons) as persons
    from population
    inner join {{ ref('municipalities') }} as municipalities
        on population.municipality_code = municipalities.municipality_code
    group by population.indicator, municipalities.region_code, population.quarter_start
    union all
    select
        indicator,
        'country' as area_type,
        'DK' as area_code,
        quarter_start,
        sum(persons) as persons
    from population
    group by indicator, quarter_start
)

select * from final

-- Grain: area x measured month x KL target group x indicator. Rules: K-01 to K-03.
-- A municipality is compared with its cluster in population shares, where it has one, and else with the country.
with municipality_clusters as (
    select
        indicators.*,
        clusters.cluster
    from {{ ref('int_kl_indicator_values') }} as indicators
    left join {{ ref('stg_kl__clusters') }} as clusters
        on
            case when indicators.comparison = 'cluster' then indicators.area_code end = clusters.municipality_code
            and indicators.target_group = clusters.target_group
    where indicators.area_type = 'municipality'
),

cluster_means as (
    select measure_month, target_group, indicator, cluster, avg(value order by area_code) as comparison_value
    from municipality_clusters
    where cluster is not null
    group by measure_month, target_group, indicator, cluster
),

compared_municipalities as (
    select
        clusters.area_type,
        clusters.area_code,
        clusters.measure_month,
        clusters.target_group,
        clusters.indicator,
        clusters.value,
        clusters.numerator,
        clusters.denominator,
        case when clusters.cluster is null then 'DK' else 'cluster:' || clusters.cluster end as comparison_area,
        case when clusters.cluster is null then country.value else cluster_means.comparison_value end as comparison_value
    from municipality_clusters as clusters
    left join {{ ref('int_kl_indicator_values') }} as country
        on
            country.area_type = 'country'
            and clusters.measure_month = country.measure_month
            and clusters.target_group = country.target_group
            and clusters.indicator = country.indicator
    left join cluster_means
        on
            clusters.measure_month = cluster_means.measure_month
            and clusters.target_group = cluster_means.target_group
            and clusters.indicator = cluster_means.indicator
            and clusters.cluster = cluster_means.cluster
),

final as (
    select * from compared_municipalities
    union all
    select
        area_type,
        area_code,
        measure_month,
        target_group,
        indicator,
        value,
        numerator,
        denominator,
        null as comparison_area,
        null as comparison_value
    from {{ ref('int_kl_indicator_values') }}
    where area_type <> 'municipality'
)

select * from final

-- Grain: area, the unknown municipality too. Rules: M-04.
with final as (
    select 'country' as area_type, 'DK' as area_code, 'Danmark' as area_name, null as region_code
    union all
    select distinct
        'region' as area_type,
        region_code as area_code,
        region_name as area_name,
        region_code
    from {{ ref('municipalities') }}
    union all
    select
        'municipality' as area_type,
        municipality_code as area_code,
        municipality_name as area_name,
        region_code
    from {{ ref('municipalities') }}
    union all
    select 'municipality' as area_type, '000' as area_code, 'Ukendt kommune' as area_name, null as region_code
)

select * from final

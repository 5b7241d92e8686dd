-- Grain: municipality code in the person-months x area it is counted in. Rules: M-04.
-- Country and municipality for every code; a region only for the 98.
with codes as (
    select distinct municipality_code
    from {{ ref('int_person_months') }}
),

final as (
    select municipality_code, 'country' as area_type, 'DK' as area_code from codes
    union all
    select codes.municipality_code, 'region' as area_type, municipalities.region_code as area_code
    from codes
    inner join {{ ref('municipalities') }} as municipalities on codes.municipality_code = municipalities.municipality_code
    union all
    select municipality_code, 'municipality' as area_type, municipality_code as area_code from codes
)

select * from final

{# M-04: the areas each municipality code is counted in: country and itself, and a region only for the 98. #}
{% macro areas_of(codes) %}
    select municipality_code, 'country' as area_type, 'DK' as area_code from {{ codes }}
    union all
    select codes.municipality_code, 'region' as area_type, municipalities.region_code as area_code
    from {{ codes }} as codes
    inner join {{ ref('municipalities') }} as municipalities on codes.municipality_code = municipalities.municipality_code
    union all
    select municipality_code, 'municipality' as area_type, municipality_code as area_code from {{ codes }}
{% endmacro %}

-- Rules: M-04. Source: kommuner.csv.
-- The list has the 98 municipalities, each with a code of three digits and one of the five regions,
-- from the municipal reform of 1 January 2007 on.
with regions as (
    select region_code, count(distinct municipality_code) as municipalities
    from {{ ref('municipalities') }}
    group by region_code
),

wrong_rows as (
    select municipality_code, region_code
    from {{ ref('municipalities') }}
    where
        not regexp_full_match(municipality_code, '[0-9]{3}')
        or municipality_code = '000'
        or valid_from <> date '2007-01-01'
),

final as (
    select cast(municipalities as varchar) as found, region_code
    from regions
    where
        municipalities is distinct from case region_code
            when '1081' then 11
            when '1082' then 19
            when '1083' then 22
            when '1084' then 29
            when '1085' then 17
        end
    union all
    select cast(sum(municipalities) as varchar) as found, 'all five' as region_code
    from regions
    having sum(municipalities) <> 98
    union all
    select municipality_code as found, region_code
    from wrong_rows
)

select * from final

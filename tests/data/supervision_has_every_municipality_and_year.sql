-- Rules: V, rows; M-04.
-- Every municipality with a result goal or a yearly focus row, unknown residence left out, has a row in every year whose
-- December is measured.
with years as (
    select distinct cast(year(measure_month) as integer) as "year"
    from {{ ref('int_months') }}
    where month(measure_month) = 12
),

municipalities as (
    select municipality_code
    from {{ ref('stg_bm__result_goals') }}
    union
    select area_code as municipality_code
    from {{ ref('mart_focus_goals_yearly') }}
    where area_type = 'municipality'
),

expected as (
    select municipalities.municipality_code, years."year"
    from municipalities
    cross join years
    where municipalities.municipality_code <> '000'
),

supervision as (
    select municipality_code, "year"
    from {{ ref('mart_supervision') }}
),

final as (
    (
        select * from expected
        except
        select * from supervision
    )
    union all
    (
        select * from supervision
        except
        select * from expected
    )
)

select * from final

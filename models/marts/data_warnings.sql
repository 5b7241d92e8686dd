-- Grain: warning code x source table, only where something was found. Rules: X-03.
with warnings as (
    select * from {{ ref('int_benefit_warnings') }}
    union all
    select * from {{ ref('int_spell_warnings') }}
),

final as (
    select
        warning_code,
        source_table,
        cast(rows as bigint) as rows,
        cast(persons as bigint) as persons
    from warnings
    where rows > 0
)

select * from final

-- Grain: rule x kind (parameter, model, test) x name x detail. Rules: all.
-- Where each rule lives: the parameters it rests on, the models that apply it, the tests that hold it on both sides.
with parameters as (
    select
        rule_id,
        'parameter' as kind,
        seed as name,
        parameter as detail,
        valid_from,
        valid_to,
        source_document,
        source_section
    from {{ ref('int_rule_parameters') }}
),

boundary_tests as (
    select
        rule_id,
        'test' as kind,
        test as name,
        side || ': ' || test_case as detail
    from {{ ref('rule_tests') }}
),

detailed as (
    select rule_id, kind, name from parameters
    union all
    select rule_id, kind, name from boundary_tests
),

-- A name stands for itself only where nothing closer is said of it.
named as (
    select
        named_rules.rule_id,
        named_rules.kind,
        named_rules.name,
        null as detail
    from {{ ref('int_named_rules') }} as named_rules
    anti join detailed
        on
            named_rules.rule_id = detailed.rule_id
            and named_rules.kind = detailed.kind
            and named_rules.name = detailed.name
),

final as (
    select * from parameters
    union all by name
    select * from boundary_tests
    union all by name
    select * from named
)

select
    rule_id,
    kind,
    name,
    detail,
    valid_from,
    valid_to,
    source_document,
    source_section
from final

-- Rules: all.
-- No orphan in any direction: a rule without a model, a name of a rule that is none, a rule with a boundary and no test on
-- one of its sides, a listed test that does not exist, a reading that no rule rests on.
with rules as (
    select * from {{ ref('dim_rule') }}
),

readings as (
    select rule_id, unnest(regexp_extract_all(reading, 'I-[0-9]{2}')) as reading_id
    from rules
    where not starts_with(rule_id, 'I-')
),

-- A reading lives where the rules that rest on it live.
served as (
    select rule_id as served_rule_id, rule_id from rules
    union all
    select rule_id as served_rule_id, reading_id as rule_id from readings
),

modelled as (
    select served.rule_id
    from served
    inner join {{ ref('rule_traces') }} as traces on served.served_rule_id = traces.rule_id
    where traces.kind = 'model'
),

sides as (
    select rules.rule_id, sides.side
    from rules
    cross join (values ('holds'), ('does not hold')) as sides (side)
    where rules.has_boundary
),

final as (
    select 'rule without model' as orphan, rules.rule_id, null as name
    from rules
    anti join modelled on rules.rule_id = modelled.rule_id
    union all
    select 'no such rule' as orphan, traces.rule_id, traces.kind || ' ' || traces.name as name
    from {{ ref('rule_traces') }} as traces
    anti join rules on traces.rule_id = rules.rule_id
    union all
    select 'no test on this side' as orphan, sides.rule_id, sides.side as name
    from sides
    anti join {{ ref('rule_tests') }} as tests on sides.rule_id = tests.rule_id and sides.side = tests.side
    union all
    select 'no such side, or no boundary' as orphan, tests.rule_id, tests.side as name
    from {{ ref('rule_tests') }} as tests
    anti join sides on tests.rule_id = sides.rule_id and tests.side = sides.side
    union all
    select 'test that does not exist, or does not name the rule' as orphan, tests.rule_id, tests.test as name
    from {{ ref('rule_tests') }} as tests
    anti join {{ ref('int_named_rules') }} as named_rules
        on tests.test = named_rules.name and tests.rule_id = named_rules.rule_id and named_rules.kind = 'test'
    where not starts_with(tests.test, 'test_')
    union all
    select 'reading that no rule rests on' as orphan, rules.rule_id, null as name
    from rules
    anti join readings on rules.rule_id = readings.reading_id
    where starts_with(rules.rule_id, 'I-')
)

select distinct * from final

-- Grain: part of the project x rule it names. Rules: all.
-- Models name their rules in the first line, data tests too; unit tests and seeds in their description. A range names every
-- rule in it; an id that is no rule stays, so that a test finds it.
with named as (
    select 'parameter' as kind, named_by.* from ({{ named_rules(project_texts('seed')) }}) as named_by
    union all
    select 'model' as kind, named_by.* from ({{ named_rules(project_texts('model')) }}) as named_by
    union all
    select 'test' as kind, named_by.* from ({{ named_rules(project_texts('test')) }}) as named_by
    union all
    select 'test' as kind, named_by.* from ({{ named_rules(unit_test_texts()) }}) as named_by
),

in_range as (
    select named.kind, named.name, rules.rule_id
    from named
    inner join {{ ref('rule_catalogue') }} as rules
        on rules.rule_id between named.first_rule_id and named.last_rule_id
),

final as (
    select kind, name, rule_id from in_range
    union
    select kind, name, first_rule_id as rule_id from named
    union
    select kind, name, last_rule_id as rule_id from named
)

select * from final

-- Rules: all that change with the version of the method.
-- What is told of a version and what is measured by it are the same: where a version is said to change the figures of a rule,
-- a seed row of the rule begins with it or ended with the version before, and no such row is without its sentence. Every
-- version is told of, and months stand where figures change.
with bounds as (
    {% for seed in versioned_seeds() %}
    select rule_id, method_from, method_to from {{ ref(seed) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

measured_changes as (
    select method_from as version, rule_id
    from bounds
    where method_from is not null
    union
    select later.version, bounds.rule_id
    from bounds
    inner join {{ ref('method_history') }} as history on bounds.method_to = history.version
    inner join {{ ref('method_history') }} as later on history.version_order + 1 = later.version_order
),

told_changes as (
    select version, rule_id
    from {{ ref('method_changes') }}
    where changes_figures
),

final as (
    select version, rule_id, 'not told' as failure
    from measured_changes
    where (version, rule_id) not in (select (told_changes.version, told_changes.rule_id) from told_changes)
    union all
    select version, rule_id, 'not measured' as failure
    from told_changes
    where (version, rule_id) not in (select (measured_changes.version, measured_changes.rule_id) from measured_changes)
    union all
    select version, rule_id, 'months' as failure
    from {{ ref('method_changes') }}
    where
        coalesce(first_month <= last_month, false) <> changes_figures
        or (first_month is null) <> (last_month is null)
    union all
    select history.version, 'none' as rule_id, 'nothing told' as failure
    from {{ ref('method_history') }} as history
    anti join {{ ref('method_changes') }} as changes on history.version = changes.version
)

select * from final

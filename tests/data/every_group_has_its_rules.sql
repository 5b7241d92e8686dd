-- Rules: B, C-01, C-02, E-01, M-12.
-- The nine benefit groups are measured, in their order, and each has conversation types, exemption codes and early effort.
{% set group_seeds = ['conversation_types', 'exemption_codes', 'early_effort_groups'] %}
with measured_groups as (
    select benefit, sort_order
    from {{ ref('benefits') }}
    where is_measured
),

group_rules as (
    {% for seed in group_seeds %}
    select distinct '{{ seed }}' as seed, benefit_group
    from {{ ref(seed) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

final as (
    select 'benefits' as seed, string_agg(benefit, ', ' order by sort_order) as groups
    from measured_groups
    having
        string_agg(benefit, ', ' order by sort_order) is distinct from
        'a_dagpenge, sygedagpenge, kontanthjaelp, uddannelseshjaelp, overgangsydelse, revalidering, ressourceforloeb, '
        || 'jobafklaring, ledighedsydelse'
    union all
    {% for seed in group_seeds %}
    select '{{ seed }}' as seed, measured_groups.benefit as groups
    from measured_groups
    anti join group_rules on measured_groups.benefit = group_rules.benefit_group and group_rules.seed = '{{ seed }}'
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select * from final

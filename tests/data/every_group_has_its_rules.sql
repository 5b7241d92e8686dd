-- Rules: B-01, C-01, C-02, E-01, M-12, S-05.
-- The nine benefit groups are measured, in their order, and each has conversation types, exemption codes and early effort.
-- The three other benefits come after them and have nothing that only spells have. Two groups take in overgangsydelse.
{% set group_seeds = ['conversation_types', 'exemption_codes', 'early_effort_groups'] %}
with measured_groups as (
    select benefit, sort_order
    from {{ ref('benefits') }}
    where is_measured
),

numbered_benefits as (
    select *, row_number() over (order by is_measured desc, sort_order asc) as place
    from {{ ref('benefits') }}
),

wrong_benefits as (
    select benefit
    from numbered_benefits
    where
        sort_order <> place
        or is_extended_by_overgangsydelse <> (benefit in ('kontanthjaelp', 'uddannelseshjaelp'))
        or (
            not is_measured
            and (
                clock_unit <> 'none'
                or spell_rule <> 'none'
                or has_conversations_before_start
                or counts_ordinary_hours
                or counts_partial_return
            )
        )
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
    select 'benefits' as seed, benefit as groups
    from wrong_benefits
    union all
    {% for seed in group_seeds %}
    select '{{ seed }}' as seed, measured_groups.benefit as groups
    from measured_groups
    anti join group_rules on measured_groups.benefit = group_rules.benefit_group and group_rules.seed = '{{ seed }}'
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select * from final

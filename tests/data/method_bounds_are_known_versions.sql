-- Rules: all that change with the version of the method.
-- A row of a versioned seed holds from one known version to another that is not earlier, and a verdict has one meaning in each
-- version; no seed with such bounds is left out of these tests; the versions follow each other in the order of publication.
{% set left_out = [] %}
{% for node in (graph.nodes.values() if execute else []) if node.resource_type == 'seed' and 'method_from' in node.columns %}
{% if node.name not in versioned_seeds() %}
{% do left_out.append(node.name) %}
{% endif %}
{% endfor %}
with bounds as (
    {% for seed in versioned_seeds() %}
    select distinct '{{ seed }}' as seed, method_from, method_to from {{ ref(seed) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

history as (
    select
        *,
        row_number() over (order by version_order) as place,
        lag(published_on) over (order by version_order) as previous_publication
    from {{ ref('method_history') }}
),

final as (
    select bounds.seed, bounds.method_from, bounds.method_to
    from bounds
    left join history as first_versions on bounds.method_from = first_versions.version
    left join history as last_versions on bounds.method_to = last_versions.version
    where
        (bounds.method_from is not null and first_versions.version is null)
        or (bounds.method_to is not null and last_versions.version is null)
        or first_versions.version_order > last_versions.version_order
    union all
    select 'offer_verdicts' as seed, verdict as method_from, method_version as method_to
    from {{ rules_by_version('offer_verdicts') }}
    group by verdict, method_version
    having count(*) > 1
    union all
    select 'method_history' as seed, version as method_from, version as method_to
    from history
    where version_order <> place or published_on <= previous_publication
    {% for seed in left_out %}
    union all
    select '{{ seed }}' as seed, 'not listed in this test' as method_from, null as method_to
    {% endfor %}
)

select * from final

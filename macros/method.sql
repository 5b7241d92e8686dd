{#
    The second time axis of the rules: the version of the method. A rule seed with method_from and method_to holds the rows of
    every version; an empty bound is open. Versions and their order are those of the seed method_history.
#}

{# The place in the history of the version this build measures by: the one given, or the newest. An unknown one stops the run. #}
{% macro built_version_order(history=none) -%}
    {%- set given = setting('method_version', 'FOKUSMAAL_METHOD_VERSION') | string | replace("'", "''") -%}
    (
        select
            coalesce(
                max(version_order){% if given %} filter (where version = '{{ given }}'){% endif %},
                error(
                    'method_version (FOKUSMAAL_METHOD_VERSION) must be one of '
                    || string_agg(version, ', ' order by version_order) || ', not "{{ given }}"'
                )
            ) as version_order
        from {{ history or ref('method_history') }}
    )
{%- endmacro %}

{# The rows of a rule seed once per version they hold in, with that version. #}
{% macro rules_by_version(seed) -%}
    (
        select seed_rows.*, history.version as method_version, history.version_order as method_order
        from {{ ref(seed) }} as seed_rows
        left join {{ ref('method_history') }} as first_versions on seed_rows.method_from = first_versions.version
        left join {{ ref('method_history') }} as last_versions on seed_rows.method_to = last_versions.version
        inner join {{ ref('method_history') }} as history
            on
                history.version_order >= coalesce(first_versions.version_order, history.version_order)
                and history.version_order <= coalesce(last_versions.version_order, history.version_order)
    )
{%- endmacro %}

{# The rows of a rule seed that hold in the version this build measures by. #}
{% macro rules(seed) -%}
    (
        select by_version.* exclude (method_version, method_order)
        from {{ rules_by_version(seed) }} as by_version
        where by_version.method_order = {{ built_version_order() }}
    )
{%- endmacro %}

{# Whether this build measures by a version or a later one. For tests of what began with a version; models read rules instead. #}
{% macro is_built_from(version) -%}
    (
        {{ built_version_order() }}
        >= (select version_order from {{ ref('method_history') }} where version = '{{ version }}')
    )
{%- endmacro %}

{# What build_changes compares: the figures of each mart, counts of persons apart from shares and answers. #}
{% macro compared_counts(mart) -%}
    {{- return({
        'mart_conversations_monthly': [
            'persons_0', 'persons_1', 'persons_2', 'persons_3', 'persons_4', 'persons_5_plus',
            'persons_measured', 'persons_under_4', 'persons_exempt',
        ],
        'mart_offers_monthly': [
            'persons_measured', 'persons_with_offer', 'persons_hours_only', 'persons_without', 'persons_exempt',
        ],
    }.get(mart, [])) -}}
{%- endmacro %}

{% macro compared_figures(mart) -%}
    {%- set goals = [
        'months_in_window', 'avg_share_without_offer', 'is_offer_goal_met', 'avg_share_under_4', 'is_conversation_goal_met',
    ] -%}
    {{- return({
        'mart_conversations_monthly': ['share_under_4'],
        'mart_offers_monthly': ['share_without'],
        'mart_focus_goals_monthly': goals,
        'mart_focus_goals_yearly': goals,
        'mart_supervision': ['is_result_goal_met'],
    }[mart]) -}}
{%- endmacro %}

{#
    Select: the figures of a mart that differ from those of the previous publication, in the months or years both have.
    A count of a cell that is not there is 0; another figure is then null.
    keys: columns of the mart's grain. period: the one of them that is a month or a year.
#}
{% macro differing_figures(mart, keys, period) %}
    {%- set counts, figures = compared_counts(mart), compared_figures(mart) %}
    select
        '{{ mart }}' as source_table,
        {% for key in keys %}{{ key }}, {% endfor %}
        unnest([
            {%- for name in counts + figures %}
            {'measure': '{{ name }}', 'previous_value': previous_{{ name }}, 'current_value': current_{{ name }}}{{ ',' if not loop.last }}
            {%- endfor %}
        ]) as figure
    from (
        select
            {% for name in counts -%}
            cast(coalesce(earlier.{{ name }}, 0) as double) as previous_{{ name }},
            cast(coalesce(latest.{{ name }}, 0) as double) as current_{{ name }},
            {% endfor -%}
            {% for name in figures -%}
            cast(earlier.{{ name }} as double) as previous_{{ name }},
            cast(latest.{{ name }} as double) as current_{{ name }},
            {% endfor -%}
            {% for key in keys %}{{ key }}{{ ', ' if not loop.last }}{% endfor %}
        from {{ ref(mart) }} as latest
        full outer join {{ previous(mart) }} as earlier using ({{ keys | join(', ') }})
        where {{ period }} in (
            select {{ period }} from {{ ref(mart) }}
            intersect
            select {{ period }} from {{ previous(mart) }}
        )
    ) as both_builds
    where
        {% for name in counts + figures -%}
        {{ 'or ' if not loop.first }}previous_{{ name }} is distinct from current_{{ name }}
        {% endfor %}
{% endmacro %}

{#
    Select: what the monthly cells count of the person-months of one build, only in months with a cell that differs.
    The states say how the person counts in the two marts.
#}
{% macro counted_person_months(person_months) %}
    select
        hash(person_months.person_id) as person_key,
        person_months.measure_month,
        person_months.benefit_group,
        person_months.measurement_date,
        person_months.municipality_code,
        person_months.duration_interval,
        case
            when person_months.is_exempt_conversations then 'exempt'
            else
                least(person_months.conversations, 5)
                || case when person_months.conversations < months.required_conversations then ' under' else '' end
        end as conversation_state,
        case
            when person_months.is_exempt_offers then 'exempt'
            when person_months.has_offer then 'offer'
            when person_months.has_ordinary_hours then 'hours'
            else 'without'
        end as offer_state
    from {{ person_months }} as person_months
    inner join {{ ref('int_months') }} as months on person_months.measure_month = months.measure_month
    semi join changed_months on person_months.measure_month = changed_months.measure_month
{% endmacro %}

{# Rows (mart, measure, state, part): the part a person in a state has in a figure; none when it is not counted. #}
{% macro parts_of_figures() %}
    {%- set conversation_states = [] -%}
    {%- for number in range(6) -%}
        {%- do conversation_states.extend([number ~ '', number ~ ' under']) -%}
    {%- endfor %}
    {%- for state in conversation_states %}
    ('mart_conversations_monthly', 'persons_{{ state[0] }}{{ '_plus' if state[0] == '5' }}', '{{ state }}', 'counted'),
    ('mart_conversations_monthly', 'persons_measured', '{{ state }}', 'counted'),
    {%- if 'under' in state %}
    ('mart_conversations_monthly', 'persons_under_4', '{{ state }}', 'counted'),
    {%- endif %}
    ('mart_conversations_monthly', 'share_under_4', '{{ state }}', '{{ 'numerator' if 'under' in state else 'rest' }}'),
    {%- endfor %}
    {%- for state, measure in [('offer', 'with_offer'), ('hours', 'hours_only'), ('without', 'without')] %}
    ('mart_offers_monthly', 'persons_{{ measure }}', '{{ state }}', 'counted'),
    ('mart_offers_monthly', 'persons_measured', '{{ state }}', 'counted'),
    ('mart_offers_monthly', 'share_without', '{{ state }}', '{{ 'numerator' if state == 'without' else 'rest' }}'),
    {%- endfor %}
    ('mart_conversations_monthly', 'persons_exempt', 'exempt', 'counted'),
    ('mart_offers_monthly', 'persons_exempt', 'exempt', 'counted')
{%- endmacro %}

{# The part a person has in a monthly share of a focus goal. #}
{% macro part_in_conversation_goal(build) -%}
    case
        when {{ build }}_conversation_state is null or {{ build }}_conversation_state = 'exempt' then 'not counted'
        when contains({{ build }}_conversation_state, 'under') then 'lacks'
        else 'has'
    end
{%- endmacro %}

{% macro part_in_offer_goal(build) -%}
    case
        when {{ build }}_offer_state is null or {{ build }}_offer_state = 'exempt' then 'not counted'
        when {{ build }}_offer_state = 'without' then 'lacks'
        else 'has'
    end
{%- endmacro %}

{# The raw tables that have persons. #}
{% macro tables_with_persons() -%}
    {{- return([
        'tass_samtaler', 'tass_fravaer', 'tass_visitation', 'tass_tilmeldinger', 'tass_mii', 'fleur_udbetalinger',
        'ram_udbetalinger', 'taeller_dagpengeperioder', 'ky_udbetalinger', 'kmd_aktiv_udbetalinger', 'ky_forrevalidering',
        'ksd_sygedagpenge', 'kmd_sygedagpenge', 'ksd_delvis_raskmelding', 'plan_tilbud', 'eindkomst_loentimer',
        'cpr_personer', 'cpr_bopael',
    ]) -}}
{%- endmacro %}

{# Expression: fingerprint of the contents of the project's files under some patterns. #}
{% macro files_fingerprint(patterns) -%}
    (
            select md5(string_agg(md5(content), '' order by filename))
            from read_text(['{{ patterns | join("', '") }}'])
        )
{%- endmacro %}

{# A number of persons as published: none where nothing was found. #}
{% macro persons(number) -%}
    cast(coalesce({{ number }}, 0) as bigint)
{%- endmacro %}

-- Rules: raw contract, code lists.
-- Every code in a seed is one a delivery may hold, or one that another seed defines: a misspelt code would match nothing.
{% set code_lists = {
    'absence_code': [
        '2', '3', '4', '6', '7', '8', '10', '11', '16', '23', '24', '43', '44', '45', '46', '47', '50', '53', '65', '66',
        '70', '71', '72', '73', '76', '77', '78', '79', 'OPFOELGNING_UDEN_KONTAKT',
    ],
    'contact_form': ['PERSONLIGT_FREMMOEDE', 'VIDEO', 'TELEFON', 'ANDEN'],
    'conversation_type': ['JOBSAMTALE', 'FAELLESSAMTALE', 'SYGEOPFOELGNING', 'CV_SAMTALE', 'RAADIGHEDSSAMTALE', 'ANDEN'],
    'held_by': ['JOBCENTER', 'ANDEN_AKTOER', 'AKASSE'],
    'course_id': [
        '25', '26', '27', '28', '29', '30', '36', '40', '41', '42', '43', '44', '45', '46', '47', '48',
    ],
    'offer_type': ['VIRKSOMHEDSPRAKTIK', 'LOENTILSKUD', 'NYTTEINDSATS', 'VEJLEDNING_OPKVALIFICERING', 'MENTOR'],
    'visitation_category': ['ALL', 'JOBPARAT', 'AKTIVITETSPARAT', 'UDDANNELSESPARAT', 'AABENLYS_UDDANNELSESPARAT'],
    'insurance_form': ['ALL', 'FULDTID', 'DELTID'],
    'register': ['RAM', 'FLEUR'],
    'focus_goal': ['offers', 'conversations'],
    'status': ['none', 'selected', 'extended', 'administration', 'ended'],
    'deadline': ['published_by', 'notice_by', 'statement_due', 'recovery_end'],
    'raw_code': [
        'A_DAGPENGE', 'SYGEDAGPENGE', 'KONTANTHJAELP', 'UDDANNELSESHJAELP', 'OVERGANGSYDELSE_UDEN_PROGRAM', 'REVALIDERING',
        'RESSOURCEFORLOEB', 'JOBAFKLARING', 'LEDIGHEDSYDELSE', 'OVERGANGSYDELSE_I_PROGRAM', 'FLEKSJOB', 'FOERTIDSPENSION',
    ],
    'target_group': ['all', 'insured', 'uninsured', 'under_30', 'combined', 'at_risk'],
} %}
{% set defined = [
    ('benefit_group', 'benefits', 'benefit'),
    ('benefit', 'benefits', 'benefit'),
    ('municipality_code', 'municipalities', 'municipality_code'),
    ('duration_interval', 'duration_intervals', 'duration_interval'),
] %}
{% set used = [
    ('benefits', 'raw_code'), ('conversation_types', 'benefit_group'), ('conversation_types', 'conversation_type'),
    ('conversation_types', 'held_by'), ('exemption_codes', 'benefit_group'), ('exemption_codes', 'absence_code'),
    ('exemption_codes', 'visitation_category'), ('dead_absence_codes', 'absence_code'),
    ('early_effort_groups', 'benefit_group'), ('education_target_groups', 'benefit'),
    ('education_target_groups', 'visitation_category'), ('contact_form_permissions', 'contact_form'),
    ('trial_municipalities', 'contact_form'), ('trial_municipalities', 'municipality_code'), ('course_rules', 'course_id'),
    ('offer_types', 'offer_type'), ('insurance_norms', 'insurance_form'), ('duration_intervals', 'insurance_form'),
    ('duration_thresholds', 'duration_interval'), ('payment_registers', 'register'), ('focus_goal_limits', 'focus_goal'),
    ('active_focus_goals', 'focus_goal'), ('supervision_deadlines', 'deadline'), ('supervision_deadlines', 'status'),
    ('supervision_transitions', 'status'), ('kl_company_offers', 'offer_type'), ('kl_target_groups', 'target_group'),
    ('kl_target_groups', 'benefit'), ('kl_target_groups', 'visitation_category'),
    ('kl_conversation_intensity', 'target_group'), ('kl_conversation_intensity', 'duration_interval'),
    ('kl_indicator_groups', 'target_group'),
] %}
with known_codes as (
    {% for code_list, codes in code_lists.items() %}
    {% for code in codes %}
    select '{{ code_list }}' as code_list, '{{ code }}' as code
    union all
    {% endfor %}
    {% endfor %}
    {% for code_list, seed, column in defined %}
    select '{{ code_list }}' as code_list, {{ column }} as code from {{ ref(seed) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

used_codes as (
    {% for seed, column in used %}
    select '{{ seed }}' as seed, '{{ column }}' as code_list, cast({{ column }} as varchar) as code from {{ ref(seed) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

final as (
    select distinct used_codes.seed, used_codes.code_list, used_codes.code
    from used_codes
    anti join known_codes on used_codes.code_list = known_codes.code_list and used_codes.code = known_codes.code
    where used_codes.code is not null
)

select * from final

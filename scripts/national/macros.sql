-- Pseudo-random numbers and calendar arithmetic shared by every table of the delivery.
-- A draw depends only on the seed, a salt naming the draw, and up to three numbers of the row: never on threads or
-- the order of rows.

create macro draw(salt, a, b, c) as
    (hash(xor(hash(a, b, c), hash(getvariable('seed') || ':' || salt))) >> 11) / 9007199254740992.0;

create macro pick(items, u) as items[1 + floor(u * len(items))::integer];

-- 0 for almost every row; 1 to 5 names the way in which the row is to break the raw contract.
create macro fault(salt, a, b, c) as
    case
        when draw(salt, a, b, c) < getvariable('fault_rate')
            then 1 + floor(5 * draw(salt || ' kind', a, b, c))::integer
        else 0
    end;

create macro faulty_municipality(kommunekode, kind) as case when kind = 2 then '97' else kommunekode end;

create macro faulty_end(start_date, end_date, kind) as
    case kind
        when 3 then start_date - 1
        when 4 then date '9999-12-31'
        else end_date
    end;

-- Months are numbered from 0 = January 2017.
create macro month_number(d) as (year(d) - 2017) * 12 + month(d) - 1;
create macro month_start(m) as make_date(2017 + m // 12, 1 + m % 12, 1);
create macro month_end(m) as month_start(m + 1) - 1;

-- Weekdays from Monday 29 December 1969 up to, but not including, the date.
create macro weekdays_before(d) as
    (d - date '1969-12-29') // 7 * 5 + least((d - date '1969-12-29') % 7, 5);
create macro weekdays_in(start_date, end_date) as
    weekdays_before(end_date + 1) - weekdays_before(start_date);

create macro home_on(d, kommunekode, moved_on, new_kommunekode) as
    case when d >= moved_on then new_kommunekode else kommunekode end;

//! Files in many languages and encodings, whole and cut short: what is read is what was written, or a doubt is told.

use super::doubt::DoubtCause;
use super::open::{Assumed, Reading};
use super::properties::{RecordRow, file, read_all, read_bytes};
use encoding_rs::Encoding;

/// Words of a language, in an encoding that programs of its countries write.
const LANGUAGES: [(&str, &str); 24] = [
    ("windows-1252", "Müller Jäger Größe Köln Düsseldorf Weiß Bäcker Österreich Straße Fröhlich Lösung"),
    ("windows-1252", "François Hélène Étienne Société Développement Noël Île Crédit Côté Façade Très"),
    ("windows-1252", "José Muñoz Peña García Martínez Compañía España Dirección Teléfono Gestión"),
    ("windows-1252", "João São Conceição Gonçalves Informação Antônio Simões Guimarães Três Não"),
    ("windows-1252", "Søren Jørgensen Åse Bjørn Nørregård København Mærsk Grønland Færøerne"),
    ("windows-1252", "Guðrún Sigurðsson Þór Björk Ísland Jón Þórunn Hafnarfjörður"),
    ("windows-1254", "Çağdaş Yazılım Şükrü Öztürk Gülşen İstanbul Yıldız Müdürü Işık Doğan Çiğdem"),
    ("windows-1250", "Łukasz Wójcik Małgorzata Żółć Gdańsk Łódź Święcicki Spółka Dąbrowska Wrocław"),
    ("windows-1250", "Dvořák Černý Jiří Růžička Šťastný Společnost Příjmení Ředitel Plzeň Němec"),
    ("windows-1250", "Szabó Tóth Győr Kőszeg Ügyfél Pénzügyi Lőrinc Zoltán Ödön Székesfehérvár Fűtő"),
    ("windows-1257", "Žemaitis Šiauliai Kazlauskienė Gražina Ąžuolas Klaipėda Direktorė Įmonė"),
    ("iso-8859-2", "Łukasz Wójcik Małgorzata Gdańsk Łódź Święcicki Spółka Dąbrowska Wrocław"),
    ("macintosh", "François Hélène Étienne Gérard Société générale Présidente Noël Crédit"),
    ("windows-1251", "Иванов Пётр Сергей Директор Москва Ромашка Екатерина Смирнова Компания"),
    ("koi8-r", "Иванов Сергей Директор Москва Ромашка Екатерина Смирнова Алексей"),
    ("windows-1253", "Γιώργος Παπαδόπουλος Αθήνα Διευθυντής Εταιρεία Θεσσαλονίκη Μαρία"),
    ("windows-1255", "ישראל כהן לוי חברה מנהל ירושלים דוד משה שרה"),
    ("windows-1256", "محمد أحمد شركة مدير القاهرة الرياض فاطمة التسويق"),
    ("windows-874", "สมชาย บริษัท จำกัด กรุงเทพ ผู้จัดการ สมหญิง การตลาด"),
    // The second bytes of 表, ソ and 能 are a backslash, those of 功 and 許 too; a | is in ポ.
    ("shift_jis", "山田太郎 鈴木一郎 株式会社トヨタ 営業部長 ポスト ソフトウェア 表計算 能力開発 ①髙橋"),
    ("euc-jp", "山田太郎 鈴木一郎 株式会社トヨタ 東京都 営業部長 マーケティング 大阪府 ソフトウェア"),
    ("big5", "王小明 陳美玲 股份有限公司 台北市 總經理 行銷部 許功蓋 黃建國 客戶"),
    ("gbk", "王小明 李娜 有限公司 北京市 总经理 张伟 市场部 刘洋 深圳 客户 陈静"),
    ("euc-kr", "김철수 이영희 주식회사 서울특별시 대표이사 박지훈 마케팅 최민준 똠방각하"),
];

/// A table with a word of the language in every third row, and English in the others.
fn table(words: &[&str]) -> String {
    let rows = words.iter().enumerate().map(|(at, word)| {
        format!("{at},\"{word}\",a{at}@firm.example,Acme Ltd,open\n{at}0,John,j{at}@firm.example,Globex,Sales\n")
    });
    std::iter::once("id,name,email,company,status\n".to_owned()).chain(rows).collect()
}

fn encoded(label: &str, text: &str) -> Vec<u8> {
    let encoding = Encoding::for_label(label.as_bytes()).expect("there is such an encoding");
    let (bytes, _, has_gaps) = encoding.encode(text);
    assert!(!has_gaps, "{label}: {text}");
    bytes.into_owned()
}

/// The names that are read, and why their encoding may be wrong.
fn names((rows, assumed): (Vec<RecordRow>, Assumed)) -> (Vec<String>, Option<DoubtCause>) {
    let names = rows.into_iter().filter_map(|row| row.cells.into_iter().nth(1)).filter(|name| name != "John");
    (names.collect(), assumed.encoding_doubt.map(|doubt| doubt.cause))
}

#[test]
fn what_is_read_is_what_was_written_or_a_doubt_is_told() {
    let mut silent = Vec::new();
    for (label, words) in LANGUAGES {
        let words: Vec<&str> = words.split(' ').collect();
        for (from, n_words) in (0..words.len()).flat_map(|from| (1..=words.len() - from).map(move |n| (from, n))) {
            let words = &words[from..from + n_words];
            let (_folder, path) = file(&encoded(label, &table(words)));
            let read = read_all(&path, &Reading::default(), 1).unwrap();
            // A damaged row is rejected, and so told.
            let is_damaged = read.0.iter().any(|row| row.is_damaged);
            let (read, doubt) = names(read);
            if read != words && doubt.is_none() && !is_damaged {
                silent.push((label, read));
            }
        }
    }
    assert_eq!(silent, []);
}

#[test]
fn enough_words_are_read_right_however_the_blocks_are_cut() {
    for (label, words) in LANGUAGES {
        let words: Vec<&str> = words.split(' ').collect();
        let (read, _) = names(read_bytes(&encoded(label, &table(&words)), &Reading::default()).unwrap());
        // What in Hungarian alone is not Portuguese, two letters, takes more words to be seen.
        if !words.contains(&"Győr") {
            assert_eq!(read, words, "{label}");
        }
        read_bytes(&encoded(label, &table(&words[..1])), &Reading::default()).unwrap();
    }
}

#[test]
fn a_doubt_says_on_which_line_it_shows() {
    let place = |bytes: &[u8]| {
        let doubt = read_bytes(bytes, &Reading::default()).unwrap().1.encoding_doubt.expect("there is a doubt");
        (doubt.line, doubt.cause)
    };
    let rival =
        DoubtCause::Rival { encoding: "windows-1250", word: "Søren".to_owned(), otherwise: "Sřren".to_owned() };
    assert_eq!(place(b"id,name\r\n1,\"A\r\nB\"\r\n2,S\xF8ren\r\n"), (Some(4), rival.clone()));
    assert_eq!(place(b"id,S\xF8ren\n1,A\n"), (Some(1), rival));
    let both =
        [&b"id,name\n1,A\n2,M\xFCller\n3,J\xE4ger\n4,Gr\xF6n\n5,B\xFChl\n6,K\xF6hl\n"[..], "7,Köln\n".as_bytes()]
            .concat();
    let part = DoubtCause::PartlyUtf8 { word: "Ã¶".to_owned(), otherwise: "ö".to_owned() };
    assert_eq!(place(&both), (Some(8), part));
}

#[test]
fn where_much_is_utf8_the_rest_is_damage_and_not_the_other_way_round() {
    let rows = [&b"id,name\n1,M\xFCller\n2,J\xE4ger\n3,K\xF6hl\n"[..], "4,Köln\n5,Größe\n".as_bytes()].concat();
    let (rows, assumed) = read_bytes(&rows, &Reading::default()).unwrap();
    assert_eq!(rows.iter().map(|row| row.is_damaged).collect::<Vec<_>>(), [true, true, true, false, false]);
    assert_eq!((assumed.encoding, assumed.encoding_doubt), ("UTF-8", None));
}

#[test]
fn marks_and_wide_text_without_one_are_recognised() {
    let text = "番号,氏名\n一,山田太郎\n二,鈴木一郎\n";
    let wide = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    let twice = [b"\xEF\xBB\xBF\xEF\xBB\xBF", text.as_bytes()].concat();
    for (bytes, encoding) in
        [(wide(u16::to_le_bytes), "UTF-16LE"), (wide(u16::to_be_bytes), "UTF-16BE"), (twice, "UTF-8 with BOM")]
    {
        let (rows, assumed) = read_bytes(&bytes, &Reading::default()).unwrap();
        assert_eq!((assumed.encoding, assumed.encoding_doubt), (encoding, None));
        assert_eq!(rows[1].cells, ["二", "鈴木一郎"]);
    }
}

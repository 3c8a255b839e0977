<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
    <context>
        <name>ddpm</name>
        <message>
            <source>'{}' and '{}' do not overlap: they cover {} and {}. Choose two rasters of the same place.</source>
            <translation>„{}“ und „{}“ überlappen sich nicht: Sie bedecken {} und {}. Wählen Sie zwei Raster desselben Ortes.</translation>
        </message>
        <message>
            <source>'{}' gives {} bands and '{}' {}. Name the bands that correspond in BANDS_BEFORE and BANDS_AFTER.</source>
            <translation>„{}“ hat {} Kanäle und „{}“ {}. Nennen Sie in BANDS_BEFORE und BANDS_AFTER die Kanäle, die einander entsprechen.</translation>
        </message>
        <message>
            <source>'{}' is one band of a scene, and one raster with all bands is expected. Join the bands with Stack scene (ddpm:stackscene), which takes the folder of the scene or its MTL file, and choose the result.</source>
            <translation>'{}' ist ein einzelner Kanal einer Szene, und erwartet wird ein Raster mit allen Kanälen. Verbinden Sie die Kanäle mit Szene stapeln (ddpm:stackscene), das den Ordner der Szene oder ihre MTL-Datei nimmt, und wählen Sie das Ergebnis.</translation>
        </message>
        <message>
            <source>'{}' says nowhere when it was taken. Give the dates of all rasters with DATES, in their order.</source>
            <translation>„{}“ sagt nirgends, wann es aufgenommen wurde. Geben Sie die Daten aller Raster mit DATES an, in deren Reihenfolge.</translation>
        </message>
        <message>
            <source>0 known, 1 filled, 2 left without data.</source>
            <translation>0 bekannt, 1 gefüllt, 2 ohne Daten gelassen.</translation>
        </message>
        <message>
            <source>0 unchanged, else the number of the kind: 1 loss of vegetation, 2 gain of vegetation, 3 new bare or built ground, 4 water gained, 5 water lost, 6 other change, or of the cluster; 255 no data.</source>
            <translation>0 unverändert, sonst die Nummer der Art: 1 Verlust von Vegetation, 2 Zunahme von Vegetation, 3 neuer kahler oder bebauter Boden, 4 neues Wasser, 5 verschwundenes Wasser, 6 andere Veränderung, oder die des Clusters; 255 keine Daten.</translation>
        </message>
        <message>
            <source>0.2,1,3 for the head linear, 0.2 for the others</source>
            <translation>0.2,1,3 für den Kopf linear, 0.2 für die anderen</translation>
        </message>
        <message>
            <source>1 changed, 0 unchanged, 255 no data.</source>
            <translation>1 verändert, 0 unverändert, 255 keine Daten.</translation>
        </message>
        <message>
            <source>1 changed, 0 unchanged, 255 no data. A run that was cancelled leaves its scores beside it, in a file of this name and .part; the same run started again goes on from there.</source>
            <translation>1 verändert, 0 unverändert, 255 keine Daten. Ein abgebrochener Lauf lässt seine Werte daneben liegen, in einer Datei dieses Namens mit .part; derselbe Lauf, noch einmal gestartet, macht dort weiter.</translation>
        </message>
        <message>
            <source>1 for METHOD network and diffusion, 0 for auto</source>
            <translation>1 für METHOD network und diffusion, 0 für auto</translation>
        </message>
        <message>
            <source>1 for features, 0 for irmad and cva</source>
            <translation>1 für features, 0 für irmad und cva</translation>
        </message>
        <message>
            <source>1 true positive, 2 false positive, 3 false negative, 0 true negative, 255 left out.</source>
            <translation>1 richtig gefunden, 2 Fehlalarm, 3 übersehen, 0 richtig unverändert, 255 ausgelassen.</translation>
        </message>
        <message>
            <source>1 where the scene's quality band says cloud, shadow of one, cirrus or fill, 0 elsewhere: what Detect changes and Train diffusion model take as a mask.</source>
            <translation>1, wo der Qualitätskanal der Szene Wolke, Wolkenschatten, Zirrus oder Füllwert sagt, sonst 0: was Veränderungen erkennen und Diffusionsmodell trainieren als Maske nehmen.</translation>
        </message>
        <message>
            <source>20, or 2 where the model was tuned for few calls</source>
            <translation>20, oder 2, wo das Modell auf wenige Aufrufe abgestimmt ist</translation>
        </message>
        <message>
            <source>256, or the smallest side of SOURCE</source>
            <translation>256, oder die kleinste Seite von SOURCE</translation>
        </message>
        <message>
            <source>3000 at most</source>
            <translation>höchstens 3000</translation>
        </message>
        <message>
            <source>4 for irmad, 1 for features, 0 for cva</source>
            <translation>4 für irmad, 1 für features, 0 für cva</translation>
        </message>
        <message>
            <source>4, where there is DRAWS_FOLDER</source>
            <translation>4, wo es DRAWS_FOLDER gibt</translation>
        </message>
        <message>
            <source>A Python 3.10 or newer that the environment is made from.</source>
            <translation>Ein Python 3.10 oder neuer, aus dem die Umgebung gemacht wird.</translation>
        </message>
        <message>
            <source>A change has the date at which it is first seen: it happened after the date before. Where clouds hide a pixel at one date, or the raster ends, it is compared between the dates around the gap. What was different at one date alone, such as a flood or the shadow of a cloud that no mask hides, counts as two changes, one there and one back: mask clouds, or look at the number of changes.</source>
            <translation>Eine Veränderung trägt das Datum, an dem sie zum ersten Mal zu sehen ist: Sie geschah nach dem Datum davor. Wo Wolken ein Pixel an einem Datum verdecken oder das Raster endet, werden die Daten um die Lücke herum verglichen. Was nur an einem Datum anders war, etwa ein Hochwasser oder der Schatten einer Wolke, den keine Maske verdeckt, zählt als zwei Veränderungen, eine hin und eine zurück: Maskieren Sie Wolken, oder achten Sie auf die Zahl der Veränderungen.</translation>
        </message>
        <message>
            <source>A checkpoint is a foreign file. It is read as weights alone: nothing in it is executed, and a file that wants more is refused. The imported network answers as the published one does, to the rounding of 32-bit numbers. Its pixels are 8-bit red, green and blue from 0 to 255.</source>
            <translation>Ein Checkpoint ist eine fremde Datei. Gelesen werden nur seine Gewichte: Nichts darin wird ausgeführt, und eine Datei, die mehr will, wird abgelehnt. Das importierte Netz antwortet wie das veröffentlichte, bis auf die Rundung von 32-Bit-Zahlen. Seine Pixel sind Rot, Grün und Blau mit 8 Bit von 0 bis 255.</translation>
        </message>
        <message>
            <source>A copy of the polygons for statistics with valid_m2, changed_m2, changed_ha, changed_share and the share of each kind.</source>
            <translation>Eine Kopie der Polygone für die Statistik mit valid_m2, changed_m2, changed_ha, changed_share und dem Anteil jeder Art.</translation>
        </message>
        <message>
            <source>A detector that wants both dates brought to one brightness has measured that on the whole pair; an exported one sees one window alone, and the log says that you have to do it before.</source>
            <translation>Ein Detektor, der beide Zeitpunkte auf eine Helligkeit gebracht haben will, misst das am ganzen Paar; ein exportierter sieht nur ein Fenster, und das Protokoll sagt, dass Sie es vorher tun müssen.</translation>
        </message>
        <message>
            <source>A diffusion model: a file, or the name of a file in the models folder.</source>
            <translation>Ein Diffusionsmodell: eine Datei, oder der Name einer Datei im Modellordner.</translation>
        </message>
        <message>
            <source>A diffusion model: a file, or the name of a file in the models folder. Without a detector it is exported.</source>
            <translation>Ein Diffusionsmodell: eine Datei, oder der Name einer Datei im Modellordner. Ohne Detektor wird es selbst exportiert.</translation>
        </message>
        <message>
            <source>A file index.json, a folder with one, or an https address of one. Nothing is downloaded from anywhere else.</source>
            <translation>Eine Datei index.json, ein Ordner mit einer, oder die https-Adresse einer. Von nirgends sonst wird etwas heruntergeladen.</translation>
        </message>
        <message>
            <source>A folder of images (png, jpg, tif; grey or RGB, mixed sizes) or of MNIST files (idx, idx.gz).</source>
            <translation>Ein Ordner mit Bildern (png, jpg, tif; grau oder RGB, verschiedene Größen) oder mit MNIST-Dateien (idx, idx.gz).</translation>
        </message>
        <message>
            <source>A folder with A/, B/ and label/ (also named OUT), images of equal names in each, as LEVIR-CD, WHU-CD, DSIFN and CDD come. list/train.txt and list/val.txt, or folders train/ and val/, say what is for validation.</source>
            <translation>Ein Ordner mit A/, B/ und label/ (auch OUT genannt), mit Bildern gleichen Namens in jedem, wie LEVIR-CD, WHU-CD, DSIFN und CDD sie bringen. list/train.txt und list/val.txt, oder Ordner train/ und val/, sagen, was zur Prüfung ist.</translation>
        </message>
        <message>
            <source>A model should have been trained on such imagery: its bands have to be those of the pairs. How well this works, with figures, stands in the page 'Change detection with labels' of the documentation.</source>
            <translation>Ein Modell sollte mit solchen Bildern trainiert worden sein: Es muss die Kanäle der Paare haben. Wie gut das geht, mit Zahlen, steht auf der Seite „Change detection with labels“ der Dokumentation.</translation>
        </message>
        <message>
            <source>A model that was trained with conditions draws what it is asked for: by a raster or by polygons with a field of classes, whose extent is then the result's, or by a label. So a drawn map becomes imagery, a coarser raster a finer one, one date or sensor another. The folders of tiles and of conditions hold pairs of one name: labelled training data. The guidance scale leads closer to what is asked for. Details are drawn, not measured.</source>
            <translation>Ein Modell, das mit Bedingungen trainiert wurde, zieht, was verlangt ist: nach einem Raster oder nach Polygonen mit einem Feld der Klassen, deren Ausdehnung dann die des Ergebnisses ist, oder nach einer Beschriftung. So wird aus einer gezeichneten Karte ein Bild, aus einem gröberen Raster ein feineres, aus einem Datum oder Sensor ein anderes. Die Ordner der Kacheln und der Bedingungen enthalten Paare gleichen Namens: beschriftete Trainingsdaten. Die Stärke der Führung führt näher an das Verlangte. Einzelheiten sind gezogen, nicht gemessen.</translation>
        </message>
        <message>
            <source>A model whose weights the training starts from: a file, or the name of a file in the models folder. Its network and prediction stay; bands and tile size may be others.</source>
            <translation>Ein Modell, mit dessen Gewichten das Training beginnt: eine Datei, oder der Name einer Datei im Modellordner. Sein Netz und seine Vorhersage bleiben; Kanäle und Kachelgröße dürfen andere sein.</translation>
        </message>
        <message>
            <source>A name that ends in .vrt writes a virtual raster of a few kilobytes; the files of the scene have to stay where they are. One that ends in .tif copies the pixels. Pixels stay the stored numbers; scale and offset are told beside them.</source>
            <translation>Ein Name auf .vrt schreibt ein virtuelles Raster von wenigen Kilobyte; die Dateien der Szene müssen bleiben, wo sie sind. Einer auf .tif kopiert die Pixel. Pixel bleiben die gespeicherten Zahlen; Skalierung und Versatz stehen daneben.</translation>
        </message>
        <message>
            <source>A pixel changed between two dates where its score, 0 to 1, reaches it. Without a detector, change begins at 0.5 whatever the pair of dates.</source>
            <translation>Ein Pixel hat sich zwischen zwei Daten verändert, wo sein Wert, 0 bis 1, sie erreicht. Ohne Detektor beginnt Veränderung bei 0,5, welches Paar von Daten es auch ist.</translation>
        </message>
        <message>
            <source>A pixel is changed where its score, 0 to 1, reaches it.</source>
            <translation>Ein Pixel gilt als verändert, wenn sein Wert von 0 bis 1 diese Schwelle erreicht.</translation>
        </message>
        <message>
            <source>A scene is the folder as it was unpacked, its MTL file (Landsat Collection 1 and 2, levels 1 and 2, and older ones), its MTD file or .SAFE folder (Sentinel-2, levels 1C and 2A, since December 2016), or a zip of it, which stays packed. Type or paste a folder's path, or choose the MTL or MTD file in it. Any other bands are listed one by one.</source>
            <translation>Eine Szene ist der entpackte Ordner, ihre MTL-Datei (Landsat Collection 1 und 2, Level 1 und 2, und ältere), ihre MTD-Datei oder ihr .SAFE-Ordner (Sentinel-2, Level 1C und 2A, seit Dezember 2016) oder ein Zip davon, das gepackt bleibt. Den Pfad eines Ordners tippen oder einfügen, oder die MTL- oder MTD-Datei darin wählen. Andere Kanäle werden einzeln aufgezählt.</translation>
        </message>
        <message>
            <source>A set of sizes that belong together: digits (28 px figures), tiny (minutes on a processor), small (ten minutes on a processor), base (a GPU), sr3 (the published DDPM-CD network; a GPU and days).</source>
            <translation>Ein Satz zusammengehöriger Größen: digits (Ziffern von 28 px), tiny (Minuten auf einem Prozessor), small (zehn Minuten auf einem Prozessor), base (eine Grafikkarte), sr3 (das veröffentlichte Netz von DDPM-CD; eine Grafikkarte und Tage).</translation>
        </message>
        <message>
            <source>A trained change detector: a file, or the name of a file in the models folder.</source>
            <translation>Ein trainierter Veränderungsdetektor: eine Datei, oder der Name einer Datei im Modellordner.</translation>
        </message>
        <message>
            <source>A trained model: a file, or the name of a file in the models folder.</source>
            <translation>Ein trainiertes Modell: eine Datei, oder der Name einer Datei im Modellordner.</translation>
        </message>
        <message>
            <source>Accuracy report</source>
            <translation>Bericht zur Genauigkeit</translation>
        </message>
        <message>
            <source>Address of a package index, such as a mirror of your organisation.</source>
            <translation>Adresse eines Paketindex, etwa eines Spiegels Ihrer Organisation.</translation>
        </message>
        <message>
            <source>Address of the index that torch is taken from.</source>
            <translation>Adresse des Index, von dem torch genommen wird.</translation>
        </message>
        <message>
            <source>After</source>
            <translation>Nachher</translation>
        </message>
        <message>
            <source>Align</source>
            <translation>Angleichen</translation>
        </message>
        <message>
            <source>All work is done in a separate process; a GPU is used where one works.</source>
            <translation>Alle Arbeit geschieht in einem eigenen Prozess; eine Grafikkarte wird genutzt, wo eine funktioniert.</translation>
        </message>
        <message>
            <source>Also show the tiles turned, flipped, shifted against each other by a pixel, and with other brightness and contrast.</source>
            <translation>Die Kacheln auch gedreht, gespiegelt, um ein Pixel gegeneinander verschoben und mit anderer Helligkeit und anderem Kontrast zeigen.</translation>
        </message>
        <message>
            <source>Also train the same on a network with random weights, without a model and without any network, to tell what the model was worth on these labels; in the log and the report. Takes up to four times as long.</source>
            <translation>Dasselbe auch auf einem Netz mit zufälligen Gewichten, ohne Modell und ganz ohne Netz trainieren, um zu sagen, was das Modell bei diesen Referenzflächen wert war; im Protokoll und im Bericht. Dauert bis zu viermal so lang.</translation>
        </message>
        <message>
            <source>An index is a file index.json with the names of models, their checksums, bands and licences, beside or above the files themselves. It may lie in a folder, on a share or a stick, or behind an https address; a model is taken from where its index lies and from nowhere else. A name that the index does not hold is answered with those that it does.</source>
            <translation>Ein Verzeichnis ist eine Datei index.json mit den Namen von Modellen, ihren Prüfsummen, Kanälen und Lizenzen, neben oder über den Dateien selbst. Es kann in einem Ordner, auf einer Freigabe oder einem Stick liegen, oder hinter einer https-Adresse; ein Modell wird von dort genommen, wo sein Verzeichnis liegt, und von nirgends sonst. Auf einen Namen, den es nicht enthält, nennt die Antwort jene, die es enthält.</translation>
        </message>
        <message>
            <source>Any raster of scores from 0 to 1 will do, if a threshold is given.</source>
            <translation>Jedes Raster von Werten zwischen 0 und 1 taugt, wenn eine Schwelle angegeben ist.</translation>
        </message>
        <message>
            <source>Apply threshold</source>
            <translation>Schwelle anwenden</translation>
        </message>
        <message>
            <source>Area in square metres</source>
            <translation>Fläche in Quadratmetern</translation>
        </message>
        <message>
            <source>Area of change by the labelled sample, in square metres (pixels where there is no CRS)</source>
            <translation>Änderungsfläche nach der bestimmten Stichprobe, in Quadratmetern (Pixel, wo es kein KBS gibt)</translation>
        </message>
        <message>
            <source>Area of the result, transformed into the CRS and snapped outward to the grid.</source>
            <translation>Fläche des Ergebnisses, in das KBS umgerechnet und nach außen auf das Gitter gerundet.</translation>
        </message>
        <message>
            <source>Area that changed at least once, in square metres (pixels where there is no CRS)</source>
            <translation>Fläche, die sich mindestens einmal verändert hat, in Quadratmetern (Pixeln, wo es kein KBS gibt)</translation>
        </message>
        <message>
            <source>Assess change map</source>
            <translation>Veränderungskarte bewerten</translation>
        </message>
        <message>
            <source>Assess synthetic tiles</source>
            <translation>Synthetische Kacheln bewerten</translation>
        </message>
        <message>
            <source>At least {}.</source>
            <translation>Mindestens {}.</translation>
        </message>
        <message>
            <source>At most {}.</source>
            <translation>Höchstens {}.</translation>
        </message>
        <message>
            <source>Attention at</source>
            <translation>Attention bei</translation>
        </message>
        <message>
            <source>Augmentation</source>
            <translation>Augmentierung</translation>
        </message>
        <message>
            <source>Averaging of weights</source>
            <translation>Mittelung der Gewichte</translation>
        </message>
        <message>
            <source>BAND_CORRELATION of real tiles against other real ones, at the same count</source>
            <translation>BAND_CORRELATION echter Kacheln gegen andere echte, bei gleicher Anzahl</translation>
        </message>
        <message>
            <source>BASE_PYTHON: {} Choose a Python {} or newer.</source>
            <translation>BASE_PYTHON: {} Wählen Sie ein Python {} oder neuer.</translation>
        </message>
        <message>
            <source>Bands</source>
            <translation>Kanäle</translation>
        </message>
        <message>
            <source>Bands are named after the product and what they see, such as 'B4 red', so that B4 of Landsat 5, which is near infrared, is not taken for B4 of Landsat 8. To compare sensors, list the same bands of both, such as blue,green,red,nir,swir16,swir22.</source>
            <translation>Kanäle heißen nach dem Produkt und danach, was sie sehen, etwa 'B4 red', damit B4 von Landsat 5, das nahes Infrarot ist, nicht für B4 von Landsat 8 gehalten wird. Um Sensoren zu vergleichen, zählen Sie für beide dieselben Kanäle auf, etwa blue,green,red,nir,swir16,swir22.</translation>
        </message>
        <message>
            <source>Bands of the first date</source>
            <translation>Kanäle des ersten Zeitpunkts</translation>
        </message>
        <message>
            <source>Bands of the real rasters</source>
            <translation>Kanäle der echten Raster</translation>
        </message>
        <message>
            <source>Bands of the second date</source>
            <translation>Kanäle des zweiten Zeitpunkts</translation>
        </message>
        <message>
            <source>Base interpreter</source>
            <translation>Grundlegender Interpreter</translation>
        </message>
        <message>
            <source>Batch size</source>
            <translation>Batchgröße</translation>
        </message>
        <message>
            <source>Before</source>
            <translation>Vorher</translation>
        </message>
        <message>
            <source>Before, After and Labels are lists in the same order: the first raster of each is one pair. How they were paired is told first. All that is not marked counts as unchanged, so mark all change of a pair. Instead, a folder with A/, B/ and label/ is read as published data sets come.</source>
            <translation>Vorher, Nachher und Referenzflächen sind Listen in derselben Reihenfolge: Das erste Raster jeder Liste gehört zu einem Paar. Wie gepaart wurde, wird zuerst gesagt. Alles, was nicht markiert ist, zählt als unverändert; markieren Sie also alle Veränderungen eines Paares. Stattdessen wird auch ein Ordner mit A/, B/ und label/ gelesen, wie veröffentlichte Datensätze ihn haben.</translation>
        </message>
        <message>
            <source>Below the threshold</source>
            <translation>Unter der Schwelle</translation>
        </message>
        <message>
            <source>Block of the bootstrap</source>
            <translation>Block des Bootstraps</translation>
        </message>
        <message>
            <source>Blocks of the split</source>
            <translation>Blöcke der Aufteilung</translation>
        </message>
        <message>
            <source>Both dates are one raster, '{}': there is no change to be found. Choose the other date.</source>
            <translation>Beide Zeitpunkte sind ein und dasselbe Raster, '{}': Da ist keine Änderung zu finden. Wählen Sie den anderen Zeitpunkt.</translation>
        </message>
        <message>
            <source>Build of torch</source>
            <translation>Ausgabe von torch</translation>
        </message>
        <message>
            <source>COVERAGE of real tiles against other real ones, at the same count</source>
            <translation>COVERAGE echter Kacheln gegen andere echte, bei gleicher Anzahl</translation>
        </message>
        <message>
            <source>CRS</source>
            <translation>KBS</translation>
        </message>
        <message>
            <source>CRS and nodata of layers</source>
            <translation>KBS und Nodata von Layern</translation>
        </message>
        <message>
            <source>CRS of the result.</source>
            <translation>KBS des Ergebnisses.</translation>
        </message>
        <message>
            <source>Calls of the network for each tile.</source>
            <translation>Aufrufe des Netzes für jede Kachel.</translation>
        </message>
        <message>
            <source>Cancelled. Kept: {}</source>
            <translation>Abgebrochen. Behalten wurde: {}</translation>
        </message>
        <message>
            <source>Cancelled. Nothing was kept.</source>
            <translation>Abgebrochen. Nichts wurde behalten.</translation>
        </message>
        <message>
            <source>Cap of the weight of almost noise-free tiles (Hang et al. 2023).</source>
            <translation>Obergrenze für das Gewicht fast rauschfreier Kacheln (Hang et al. 2023).</translation>
        </message>
        <message>
            <source>Change</source>
            <translation>Änderung</translation>
        </message>
        <message>
            <source>Change detection</source>
            <translation>Veränderungserkennung</translation>
        </message>
        <message>
            <source>Change found</source>
            <translation>Veränderung gefunden</translation>
        </message>
        <message>
            <source>Change from a threshold</source>
            <translation>Veränderung ab einer Schwelle</translation>
        </message>
        <message>
            <source>Change head</source>
            <translation>Veränderungskopf</translation>
        </message>
        <message>
            <source>Change map</source>
            <translation>Veränderungskarte</translation>
        </message>
        <message>
            <source>Change mask</source>
            <translation>Veränderungsmaske</translation>
        </message>
        <message>
            <source>Change missed</source>
            <translation>Veränderung übersehen</translation>
        </message>
        <message>
            <source>Change probability</source>
            <translation>Veränderungswahrscheinlichkeit</translation>
        </message>
        <message>
            <source>Changed</source>
            <translation>Verändert</translation>
        </message>
        <message>
            <source>Changed area in hectares</source>
            <translation>Veränderte Fläche in Hektar</translation>
        </message>
        <message>
            <source>Changed area in square metres</source>
            <translation>Veränderte Fläche in Quadratmetern</translation>
        </message>
        <message>
            <source>Changed area in square metres (pixels where there is no CRS)</source>
            <translation>Veränderte Fläche in Quadratmetern (Pixel, wo kein KBS ist)</translation>
        </message>
        <message>
            <source>Changed areas</source>
            <translation>Veränderte Flächen</translation>
        </message>
        <message>
            <source>Changed areas over time</source>
            <translation>Veränderte Flächen im Lauf der Zeit</translation>
        </message>
        <message>
            <source>Changed by</source>
            <translation>Verändert bis</translation>
        </message>
        <message>
            <source>Changed share of the valid area, 0 to 1</source>
            <translation>Veränderter Anteil der gültigen Fläche, 0 bis 1</translation>
        </message>
        <message>
            <source>Changed share, 0 to 1</source>
            <translation>Veränderter Anteil, 0 bis 1</translation>
        </message>
        <message>
            <source>Changes over time</source>
            <translation>Veränderungen im Lauf der Zeit</translation>
        </message>
        <message>
            <source>Channel multipliers</source>
            <translation>Kanalvielfache</translation>
        </message>
        <message>
            <source>Channels</source>
            <translation>Netzkanäle</translation>
        </message>
        <message>
            <source>Channels of the first level of the network.</source>
            <translation>Kanäle der ersten Stufe des Netzes.</translation>
        </message>
        <message>
            <source>Check environment</source>
            <translation>Umgebung prüfen</translation>
        </message>
        <message>
            <source>Check the network and pip's proxy, or give INDEX_URL, TORCH_INDEX_URL or a WHEELS folder.</source>
            <translation>Prüfen Sie das Netzwerk und den Proxy von pip, oder geben Sie INDEX_URL, TORCH_INDEX_URL oder einen Ordner WHEELS an.</translation>
        </message>
        <message>
            <source>Checkpoints are not part of this plugin: download them from their publisher, and mind their licence. Give the file of weights, which ends in _gen.pth, not the one of the optimizer, _opt.pth. The network is recognised by the names and shapes of its weights. The publisher's JSON tells the tile size and, for a change head, the noise levels; without it the publishers' usual ones are taken and said in the log.</source>
            <translation>Checkpoints gehören nicht zu dieser Erweiterung: Laden Sie sie bei ihrem Herausgeber und beachten Sie ihre Lizenz. Geben Sie die Datei der Gewichte an, die auf _gen.pth endet, nicht die des Optimierers, _opt.pth. Das Netz wird an den Namen und Formen seiner Gewichte erkannt. Das JSON des Herausgebers nennt die Kachelgröße und, für einen Veränderungskopf, die Rauschstufen; ohne es werden die üblichen des Herausgebers genommen und im Protokoll genannt.</translation>
        </message>
        <message>
            <source>Choose a file</source>
            <translation>Datei wählen</translation>
        </message>
        <message>
            <source>Choose real imagery that the model was not trained on, of the same kind, and at least 200 tiles of it. With the training imagery too, each tile is searched in it, at every place and in all eight turns, and the report shows the nearest places side by side.</source>
            <translation>Wählen Sie echte Bilder derselben Art, mit denen das Modell nicht trainiert wurde, und mindestens 200 Kacheln davon. Mit den Trainingsbildern dazu wird jede Kachel darin gesucht, an jedem Ort und in allen acht Drehungen und Spiegelungen, und der Bericht zeigt die nächsten Stellen nebeneinander.</translation>
        </message>
        <message>
            <source>Clear</source>
            <translation>Frei</translation>
        </message>
        <message>
            <source>Cohen's kappa</source>
            <translation>Cohens Kappa</translation>
        </message>
        <message>
            <source>Column</source>
            <translation>Spalte</translation>
        </message>
        <message>
            <source>Compare a change map with reference data: accuracy figures, their intervals, and a map of errors.</source>
            <translation>Eine Veränderungskarte mit Referenzdaten vergleichen: Maße der Genauigkeit, ihre Intervalle und eine Fehlerkarte.</translation>
        </message>
        <message>
            <source>Compare synthetic tiles with real ones: how alike they look, how varied they are, and whether they are copies.</source>
            <translation>Synthetische Kacheln mit echten vergleichen: wie ähnlich sie aussehen, wie vielfältig sie sind, und ob sie Kopien sind.</translation>
        </message>
        <message>
            <source>Compare training settings</source>
            <translation>Trainingseinstellungen vergleichen</translation>
        </message>
        <message>
            <source>Compare with controls</source>
            <translation>Mit Kontrollen vergleichen</translation>
        </message>
        <message>
            <source>Compares a change map with reference data and tells how good it is: precision, recall, F1 and intersection over union of change, overall accuracy and Cohen's kappa, with an interval for F1 that heeds that neighbouring pixels are alike (block bootstrap).</source>
            <translation>Vergleicht eine Veränderungskarte mit Referenzdaten und sagt, wie gut sie ist: Präzision, Trefferquote, F1 und Schnitt über Vereinigung der Veränderung, Gesamtgenauigkeit und Cohens Kappa, mit einem Intervall für F1, das beachtet, dass benachbarte Pixel einander gleichen (Block-Bootstrap).</translation>
        </message>
        <message>
            <source>Compile the network</source>
            <translation>Das Netz übersetzen</translation>
        </message>
        <message>
            <source>Compile the network first (torch.compile): a minute or more of preparation, then faster steps, for long trainings on a GPU. Needs a C++ compiler, and Triton on a GPU.</source>
            <translation>Das Netz vorher übersetzen (torch.compile): eine Minute Vorbereitung oder mehr, dann schnellere Schritte, für lange Trainings auf einer Grafikkarte. Braucht einen C++-Compiler, und auf einer Grafikkarte Triton.</translation>
        </message>
        <message>
            <source>Condition</source>
            <translation>Bedingung</translation>
        </message>
        <message>
            <source>Condition rasters</source>
            <translation>Raster der Bedingung</translation>
        </message>
        <message>
            <source>Configuration</source>
            <translation>Konfiguration</translation>
        </message>
        <message>
            <source>Configuration file</source>
            <translation>Konfigurationsdatei</translation>
        </message>
        <message>
            <source>Context</source>
            <translation>Umgebung</translation>
        </message>
        <message>
            <source>Copying the layer '{}' to a file that the worker can read.</source>
            <translation>Der Layer „{}“ wird in eine Datei kopiert, die der Arbeitsprozess lesen kann.</translation>
        </message>
        <message>
            <source>DDPM: diffusion models for rasters</source>
            <translation>DDPM: Diffusionsmodelle für Raster</translation>
        </message>
        <message>
            <source>DENSITY of real tiles against other real ones, at the same count</source>
            <translation>DENSITY echter Kacheln gegen andere echte, bei gleicher Anzahl</translation>
        </message>
        <message>
            <source>Dates</source>
            <translation>Daten</translation>
        </message>
        <message>
            <source>Dates are read from the names of the files (20050712, 2005-07-12, LT05_L1TP_006066_20050712_..., T31UDQ_20200615T..., A2005193), else from their metadata (such as ACQUISITION_DATE or TIFFTAG_DATETIME), unless you list them. The log says which were taken.</source>
            <translation>Die Daten werden aus den Namen der Dateien gelesen (20050712, 2005-07-12, LT05_L1TP_006066_20050712_..., T31UDQ_20200615T..., A2005193), sonst aus ihren Metadaten (etwa ACQUISITION_DATE oder TIFFTAG_DATETIME), außer wenn Sie sie aufzählen. Das Protokoll sagt, welche genommen wurden.</translation>
        </message>
        <message>
            <source>Decides what is kept for validation, and the noise it is judged under. Trainings with other seeds compare where this one is the same.</source>
            <translation>Entscheidet, was zur Prüfung zurückbehalten wird und unter welchem Rauschen geprüft wird. Trainings mit anderen Startwerten sind vergleichbar, wenn dieser gleich ist.</translation>
        </message>
        <message>
            <source>Default device (auto, cpu, cuda, cuda:1, mps)</source>
            <translation>Voreingestelltes Gerät (auto, cpu, cuda, cuda:1, mps)</translation>
        </message>
        <message>
            <source>Default scheduler (tcp://HOST:PORT, local:4, or empty)</source>
            <translation>Vorgegebener Scheduler (tcp://HOST:PORT, local:4 oder leer)</translation>
        </message>
        <message>
            <source>Denoising strip</source>
            <translation>Streifen der Entrauschung</translation>
        </message>
        <message>
            <source>Description of the data</source>
            <translation>Beschreibung der Daten</translation>
        </message>
        <message>
            <source>Description of the labels</source>
            <translation>Beschreibung der Referenzflächen</translation>
        </message>
        <message>
            <source>Detect changes</source>
            <translation>Veränderungen erkennen</translation>
        </message>
        <message>
            <source>Detect changes in a series</source>
            <translation>Veränderungen in einer Zeitreihe erkennen</translation>
        </message>
        <message>
            <source>Detector</source>
            <translation>Detektor</translation>
        </message>
        <message>
            <source>Detector with threshold {}.</source>
            <translation>Detektor mit der Schwelle {}.</translation>
        </message>
        <message>
            <source>Device</source>
            <translation>Gerät</translation>
        </message>
        <message>
            <source>Devices</source>
            <translation>Geräte</translation>
        </message>
        <message>
            <source>Distance between prediction and target.</source>
            <translation>Abstand zwischen Vorhersage und Ziel.</translation>
        </message>
        <message>
            <source>Distance of the correlations between bands</source>
            <translation>Abstand der Korrelationen zwischen Kanälen</translation>
        </message>
        <message>
            <source>Distance of the radial power spectra, in dB</source>
            <translation>Abstand der radialen Leistungsspektren in dB</translation>
        </message>
        <message>
            <source>Draws</source>
            <translation>Ziehungen</translation>
        </message>
        <message>
            <source>Dropout</source>
            <translation>Dropout</translation>
        </message>
        <message>
            <source>Each of several heads leaves other pairs out, or a part of the area where there are too few: the best weights, the threshold and the calibration of the probability come from what was left out, and so do the figures. Their mean decides. Cancel saves the best head so far; with an experiment folder, the same settings go on later.</source>
            <translation>Jeder von mehreren Köpfen lässt andere Paare aus, oder einen Teil der Fläche, wo es zu wenige sind: Aus dem Ausgelassenen kommen die besten Gewichte, die Schwelle und die Eichung der Wahrscheinlichkeit, und die Zahlen ebenso. Ihr Mittel entscheidet. Abbrechen speichert den bisher besten Kopf; mit einem Experimentordner machen dieselben Einstellungen später weiter.</translation>
        </message>
        <message>
            <source>Early state after, tiles</source>
            <translation>Früher Stand nach Kacheln</translation>
        </message>
        <message>
            <source>Empty: {}.</source>
            <translation>Leer: {}.</translation>
        </message>
        <message>
            <source>Environment</source>
            <translation>Umgebung</translation>
        </message>
        <message>
            <source>Environment in another folder</source>
            <translation>Umgebung in einem anderen Ordner</translation>
        </message>
        <message>
            <source>Environment report</source>
            <translation>Bericht zur Umgebung</translation>
        </message>
        <message>
            <source>Expected error of each band as one standard deviation; 0 where known.</source>
            <translation>Erwarteter Fehler jedes Kanals als eine Standardabweichung; 0, wo bekannt.</translation>
        </message>
        <message>
            <source>Expected root mean square error of the filled pixels, in units of the raster</source>
            <translation>Erwarteter mittlerer quadratischer Fehler (Wurzel) der gefüllten Pixel, in Einheiten des Rasters</translation>
        </message>
        <message>
            <source>Experiment folder</source>
            <translation>Experimentordner</translation>
        </message>
        <message>
            <source>Export model</source>
            <translation>Modell exportieren</translation>
        </message>
        <message>
            <source>Exported model</source>
            <translation>Exportiertes Modell</translation>
        </message>
        <message>
            <source>Extent</source>
            <translation>Ausdehnung</translation>
        </message>
        <message>
            <source>F1 of change</source>
            <translation>F1 der Veränderung</translation>
        </message>
        <message>
            <source>F1 of change on the validation part</source>
            <translation>F1 der Veränderung am Prüfteil</translation>
        </message>
        <message>
            <source>FD of real tiles against other real ones, at the same count</source>
            <translation>FD echter Kacheln gegen andere echte, bei gleicher Anzahl</translation>
        </message>
        <message>
            <source>FILES are joined</source>
            <translation>FILES werden verbunden</translation>
        </message>
        <message>
            <source>Failed at {}: {}. {}</source>
            <translation>Gescheitert bei „{}“: {}. {}</translation>
        </message>
        <message>
            <source>False alarm</source>
            <translation>Fehlalarm</translation>
        </message>
        <message>
            <source>False alarms</source>
            <translation>Fehlalarme</translation>
        </message>
        <message>
            <source>Field of classes</source>
            <translation>Feld der Klassen</translation>
        </message>
        <message>
            <source>Field of the labelled points that holds change, no change or unsure, or 1 and 0. Points without a label are left out.</source>
            <translation>Feld der bestimmten Punkte, in dem change, no change oder unsure steht, oder 1 und 0. Punkte ohne Eintrag bleiben außen vor.</translation>
        </message>
        <message>
            <source>Field of the labels</source>
            <translation>Feld mit der Bestimmung</translation>
        </message>
        <message>
            <source>File for the detector that is made of the change head.</source>
            <translation>Datei für den Detektor, der aus dem Veränderungskopf gemacht wird.</translation>
        </message>
        <message>
            <source>File for the model</source>
            <translation>Datei für das Modell</translation>
        </message>
        <message>
            <source>File for the model or detector.</source>
            <translation>Datei für das Modell oder den Detektor.</translation>
        </message>
        <message>
            <source>File for the model.</source>
            <translation>Datei für das Modell.</translation>
        </message>
        <message>
            <source>File for the network (.onnx) or for the item (.json).</source>
            <translation>Datei für das Netz (.onnx) oder für das Item (.json).</translation>
        </message>
        <message>
            <source>File for the trained detector.</source>
            <translation>Datei für den trainierten Detektor.</translation>
        </message>
        <message>
            <source>File for the trained model.</source>
            <translation>Datei für das trainierte Modell.</translation>
        </message>
        <message>
            <source>File of weights (.pth, .pt, .ckpt or .safetensors), such as I190000_E97_gen.pth. Nothing in it is executed.</source>
            <translation>Datei der Gewichte (.pth, .pt, .ckpt oder .safetensors), etwa I190000_E97_gen.pth. Nichts darin wird ausgeführt.</translation>
        </message>
        <message>
            <source>File of weights of a change head of ddpm-cd, such as best_cd_model_gen.pth.</source>
            <translation>Datei der Gewichte eines Veränderungskopfes von ddpm-cd, etwa best_cd_model_gen.pth.</translation>
        </message>
        <message>
            <source>Fill gaps</source>
            <translation>Lücken füllen</translation>
        </message>
        <message>
            <source>Fill stripes, clouds and voids of a raster, and tell how sure each filled pixel is.</source>
            <translation>Streifen, Wolken und Fehlstellen eines Rasters füllen und sagen, wie sicher jedes gefüllte Pixel ist.</translation>
        </message>
        <message>
            <source>Filled</source>
            <translation>Gefüllt</translation>
        </message>
        <message>
            <source>Filled pixels</source>
            <translation>Gefüllte Pixel</translation>
        </message>
        <message>
            <source>Filled pixels are estimates, and no observations. FILLED says which they are; keep them out of training data, of accuracy figures, and of whatever counts as measured.</source>
            <translation>Gefüllte Pixel sind Schätzungen und keine Beobachtungen. FILLED sagt, welche es sind; halten Sie sie aus Trainingsdaten heraus, aus Genauigkeitsmaßen und aus allem, was als gemessen gilt.</translation>
        </message>
        <message>
            <source>Filled raster</source>
            <translation>Gefülltes Raster</translation>
        </message>
        <message>
            <source>Filled share of the pixels, 0 to 1</source>
            <translation>Gefüllter Anteil der Pixel, 0 bis 1</translation>
        </message>
        <message>
            <source>Fills what is missing in a raster: the stripes of Landsat 7, clouds, voids of elevation models. What is missing is nodata, and what a mask marks: a raster, polygons, or the quality band that came with a Landsat or Sentinel-2 scene.</source>
            <translation>Füllt, was in einem Raster fehlt: die Streifen von Landsat 7, Wolken, Fehlstellen von Höhenmodellen. Es fehlt, was ohne Daten ist, und was eine Maske markiert: ein Raster, Polygone oder der Qualitätskanal, der mit einer Landsat- oder Sentinel-2-Szene kam.</translation>
        </message>
        <message>
            <source>First beta</source>
            <translation>Erstes Beta</translation>
        </message>
        <message>
            <source>Folder for the environment.</source>
            <translation>Ordner für die Umgebung.</translation>
        </message>
        <message>
            <source>Folder for the models and records of all settings. With the same folder, what is done is not done again and what was begun goes on.</source>
            <translation>Ordner für die Modelle und Aufzeichnungen aller Einstellungen. Mit demselben Ordner wird Fertiges nicht noch einmal gemacht, und Begonnenes geht weiter.</translation>
        </message>
        <message>
            <source>Folder for the record of the run; the same job with the same folder goes on where it stopped.</source>
            <translation>Ordner für die Aufzeichnung des Laufs; derselbe Auftrag mit demselben Ordner macht dort weiter, wo er aufgehört hat.</translation>
        </message>
        <message>
            <source>Folder of a Landsat scene or its MTL file, a .SAFE folder of Sentinel-2 or its MTD file (levels 1C and 2A), or a zip of either.</source>
            <translation>Ordner einer Landsat-Szene oder ihre MTL-Datei, ein .SAFE-Ordner von Sentinel-2 oder dessen MTD-Datei (Level 1C und 2A), oder ein Zip von beidem.</translation>
        </message>
        <message>
            <source>Folder of conditions</source>
            <translation>Ordner der Bedingungen</translation>
        </message>
        <message>
            <source>Folder of draws</source>
            <translation>Ordner der Ziehungen</translation>
        </message>
        <message>
            <source>Folder of images (png, jpg, tif, idx).</source>
            <translation>Ordner mit Bildern (png, jpg, tif, idx).</translation>
        </message>
        <message>
            <source>Folder of models</source>
            <translation>Modellordner</translation>
        </message>
        <message>
            <source>Folder of pairs</source>
            <translation>Ordner mit Paaren</translation>
        </message>
        <message>
            <source>Folder of real images</source>
            <translation>Ordner echter Bilder</translation>
        </message>
        <message>
            <source>Folder of real images.</source>
            <translation>Ordner mit echten Bildern.</translation>
        </message>
        <message>
            <source>Folder of synthetic tiles</source>
            <translation>Ordner synthetischer Kacheln</translation>
        </message>
        <message>
            <source>Folder of tiles</source>
            <translation>Ordner für Kacheln</translation>
        </message>
        <message>
            <source>Folder of training images</source>
            <translation>Ordner mit Trainingsbildern</translation>
        </message>
        <message>
            <source>Folder of wheels</source>
            <translation>Ordner mit Wheels</translation>
        </message>
        <message>
            <source>Footprints</source>
            <translation>Umrisse</translation>
        </message>
        <message>
            <source>For HEAD topdown: the network learns too, at a lower rate, from the model or without one from random weights. Takes some four times as long, and the detector holds the network.</source>
            <translation>Für HEAD topdown: Das Netz lernt mit, mit kleinerer Rate, vom Modell aus oder ohne eines von zufälligen Gewichten aus. Dauert etwa viermal so lange, und der Detektor enthält das Netz.</translation>
        </message>
        <message>
            <source>For a model that was trained with conditions: a raster of what is asked for, or polygons with a field of classes. Its extent is the result's, its grid too, in the ratio of pixels that the model was trained with.</source>
            <translation>Für ein Modell, das mit Bedingungen trainiert wurde: ein Raster dessen, was verlangt ist, oder Polygone mit einem Feld der Klassen. Seine Ausdehnung ist die des Ergebnisses, sein Gitter auch, im Verhältnis der Pixel, mit dem das Modell trainiert wurde.</translation>
        </message>
        <message>
            <source>For a model that was trained with labels: the name of one, or several with commas, which tiles take in turn; all takes each in turn.</source>
            <translation>Für ein Modell, das mit Beschriftungen trainiert wurde: der Name von einer, oder mehrere mit Kommas, welche die Kacheln reihum nehmen; all nimmt alle reihum.</translation>
        </message>
        <message>
            <source>For an area that may be reported, a map's own area will not do: its errors do not cancel. Choose the map and 'Sample to be labelled': random points are drawn, more of them where the map has change. Look at both dates, label each point as change, no change or unsure in its form, and run this again with the map and the labelled sample. The area of change that follows is unbiased and comes with its 95 % interval (Olofsson et al. 2014). The points do not tell what the map says of them, so that it leads nobody.</source>
            <translation>Für eine Fläche, die berichtet werden kann, genügt die Fläche der Karte nicht: Ihre Fehler heben sich nicht auf. Wählen Sie die Karte und „Stichprobe zum Bestimmen“: Zufällige Punkte werden gezogen, mehr davon, wo die Karte Änderung zeigt. Sehen Sie sich beide Zeitpunkte an, bestimmen Sie jeden Punkt in seinem Formular als Änderung, keine Änderung oder unsicher, und starten Sie erneut mit der Karte und der bestimmten Stichprobe. Die Änderungsfläche, die daraus folgt, ist unverzerrt und hat ihr 95-%-Intervall (Olofsson et al. 2014). Die Punkte verraten nicht, was die Karte von ihnen sagt, damit sie niemanden lenkt.</translation>
        </message>
        <message>
            <source>For machines without network: packages are taken from this folder alone.</source>
            <translation>Für Rechner ohne Netzwerk: Pakete werden nur aus diesem Ordner genommen.</translation>
        </message>
        <message>
            <source>Format</source>
            <translation>Format</translation>
        </message>
        <message>
            <source>Four bands: date of the first change and of the strongest as yyyymmdd, strength of that, 0 to 1 (stored in ten-thousandths), and number of changes. Where nothing changed, dates and strength are no data and the number is 0. A run that was cancelled leaves its scores beside it, in a file of this name and .part; the same run started again goes on from there.</source>
            <translation>Vier Bänder: Datum der ersten und der stärksten Veränderung als jjjjmmtt, deren Stärke, 0 bis 1 (in Zehntausendsteln gespeichert), und Zahl der Veränderungen. Wo sich nichts verändert hat, sind Daten und Stärke ohne Wert und die Zahl ist 0. Ein abgebrochener Lauf hinterlässt seine Werte daneben, in einer Datei dieses Namens und .part; derselbe Lauf, noch einmal gestartet, macht dort weiter.</translation>
        </message>
        <message>
            <source>Frechet distance of the features of synthetic and real tiles</source>
            <translation>Fréchet-Abstand der Merkmale synthetischer und echter Kacheln</translation>
        </message>
        <message>
            <source>Free memory in MB</source>
            <translation>Freier Speicher in MB</translation>
        </message>
        <message>
            <source>Free some space, or choose another folder.</source>
            <translation>Schaffen Sie Platz, oder wählen Sie einen anderen Ordner.</translation>
        </message>
        <message>
            <source>From the raster alone, missing pixels are kriged: the best linear estimate from the known pixels around. Other dates of the place tell much more. Then pixels follow from those of the other dates by a regression near each place, and what that leaves is kriged. Any grid and any bands will do, and the other dates may have gaps too.</source>
            <translation>Aus dem Raster allein werden fehlende Pixel gekrigt: die beste lineare Schätzung aus den bekannten Pixeln ringsum. Andere Zeitpunkte des Ortes sagen viel mehr. Dann folgen Pixel aus denen der anderen Zeitpunkte durch eine Regression nahe jedem Ort, und was diese übrig lässt, wird gekrigt. Jedes Gitter und alle Kanäle sind recht, und auch die anderen Zeitpunkte dürfen Lücken haben.</translation>
        </message>
        <message>
            <source>From {} to {}.</source>
            <translation>Von {} bis {}.</translation>
        </message>
        <message>
            <source>Gain of vegetation</source>
            <translation>Zunahme von Vegetation</translation>
        </message>
        <message>
            <source>Get a model or a detector from an index of models, with its checksum compared and its licence told first.</source>
            <translation>Ein Modell oder einen Detektor aus einem Modellverzeichnis holen; die Prüfsumme wird verglichen und die Lizenz zuerst genannt.</translation>
        </message>
        <message>
            <source>Get model</source>
            <translation>Modell holen</translation>
        </message>
        <message>
            <source>Gets a model or a detector that somebody offers in an index of models. The licence is told first; the file gets its name only when its size and its SHA-256 are those of the index, and when it is a model. Without a file name it goes to the models folder, where dialogs list it.</source>
            <translation>Holt ein Modell oder einen Detektor, den jemand in einem Modellverzeichnis anbietet. Zuerst wird die Lizenz genannt; die Datei bekommt ihren Namen erst, wenn ihre Größe und ihre SHA-256 die des Verzeichnisses sind und wenn sie ein Modell ist. Ohne Dateinamen kommt sie in den Modellordner, wo die Dialoge sie anbieten.</translation>
        </message>
        <message>
            <source>Gives CRS, pixel size, origin and extent of the result.</source>
            <translation>Gibt dem Ergebnis KBS, Pixelgröße, Ursprung und Ausdehnung.</translation>
        </message>
        <message>
            <source>Goes into the detector's card.</source>
            <translation>Steht dann in der Karte des Detektors.</translation>
        </message>
        <message>
            <source>Goes into the model's card.</source>
            <translation>Steht dann in der Modellkarte.</translation>
        </message>
        <message>
            <source>Gradient clipping</source>
            <translation>Begrenzung der Gradienten</translation>
        </message>
        <message>
            <source>Grid of settings</source>
            <translation>Raster der Einstellungen</translation>
        </message>
        <message>
            <source>Grow the mask</source>
            <translation>Maske erweitern</translation>
        </message>
        <message>
            <source>Guidance</source>
            <translation>Führung</translation>
        </message>
        <message>
            <source>Guidance scale</source>
            <translation>Stärke der Führung</translation>
        </message>
        <message>
            <source>Half precision</source>
            <translation>Halbe Genauigkeit</translation>
        </message>
        <message>
            <source>Head</source>
            <translation>Kopf</translation>
        </message>
        <message>
            <source>Hidden</source>
            <translation>Verdeckt</translation>
        </message>
        <message>
            <source>Highest score of change</source>
            <translation>Höchster Veränderungswert</translation>
        </message>
        <message>
            <source>How bands of another pixel size are brought to it. nearest keeps the numbers as they were measured; average is for larger pixels. A .vrt is resampled where it is read, which is exact for nearest alone.</source>
            <translation>Wie Kanäle anderer Pixelgröße auf diese gebracht werden. nearest behält die Zahlen, wie sie gemessen wurden; average ist für größere Pixel. Ein .vrt wird beim Lesen umgerechnet, was nur für nearest exakt ist.</translation>
        </message>
        <message>
            <source>How far samples are led away from what an early state of the model would draw (Karras et al. 2024), which the model's file then holds too: clearer, and less varied. 1: not at all.</source>
            <translation>Wie weit Kacheln weggeführt werden von dem, was ein früher Stand des Modells zeichnen würde (Karras u. a. 2024); die Modelldatei enthält ihn dann auch. Das Ergebnis ist klarer und weniger vielfältig. 1: gar nicht.</translation>
        </message>
        <message>
            <source>How far the surroundings of a pixel count, as a standard deviation: change of single pixels weighs less than change that neighbours share. Not for a detector, which has learnt its own.</source>
            <translation>Wie weit die Umgebung eines Pixels zählt, als Standardabweichung: Änderungen einzelner Pixel wiegen weniger als solche, die auch die Nachbarn zeigen. Nicht für einen Detektor, der seine eigene gelernt hat.</translation>
        </message>
        <message>
            <source>How far tiles are led away from what an early state of the model would draw: clearer, and less varied. A step that is led takes two calls of the network; 1 leads none.</source>
            <translation>Wie weit Kacheln weggeführt werden von dem, was ein früher Stand des Modells zeichnen würde: klarer und weniger vielfältig. Ein geführter Schritt braucht zwei Aufrufe des Netzes; bei 1 wird keiner geführt.</translation>
        </message>
        <message>
            <source>How far tiles are led away from what the model draws unasked, towards what is asked for (Ho and Salimans 2022): closer to it, and less varied. A step that is led takes two calls of the network; 1 leads none.</source>
            <translation>Wie weit Kacheln von dem, was das Modell unverlangt zieht, hin zum Verlangten geführt werden (Ho und Salimans 2022): näher daran und weniger vielfältig. Ein geführter Schritt braucht zwei Aufrufe des Netzes; 1 führt keinen.</translation>
        </message>
        <message>
            <source>How gradients become steps: adam, or muon, which learns all directions of a layer at one speed.</source>
            <translation>Wie aus Gradienten Schritte werden: adam, oder muon, das alle Richtungen einer Schicht gleich schnell lernt.</translation>
        </message>
        <message>
            <source>How long a network is fitted to known pixels of the raster, in minutes of one processor core. It is a number of steps and no clock, so the same job gives the same raster; 0 = no network.</source>
            <translation>Wie lange ein Netz an bekannte Pixel des Rasters angepasst wird, in Minuten eines Prozessorkerns. Es ist eine Zahl von Schritten und keine Uhr, damit derselbe Auftrag dasselbe Raster gibt; 0 = kein Netz.</translation>
        </message>
        <message>
            <source>How long each setting is trained.</source>
            <translation>Wie lange jede Einstellung trainiert wird.</translation>
        </message>
        <message>
            <source>How many points SAMPLE has: at least 75 where change is mapped (a fifth of a small sample), the others by area.</source>
            <translation>Wie viele Punkte SAMPLE hat: mindestens 75, wo die Karte Änderung zeigt (von einer kleinen Stichprobe ein Fünftel), die übrigen nach der Fläche.</translation>
        </message>
        <message>
            <source>How many real tiles a synthetic one lies among, 1 as for real ones</source>
            <translation>Unter wie vielen echten Kacheln eine synthetische liegt, 1 wie bei echten</translation>
        </message>
        <message>
            <source>How much is read at once. It does not change the result.</source>
            <translation>Wie viel auf einmal gelesen wird. Am Ergebnis ändert es nichts.</translation>
        </message>
        <message>
            <source>How noise levels are drawn in training: a published schedule of steps, or edm (log-normal).</source>
            <translation>Wie im Training Rauschstufen gezogen werden: ein veröffentlichter Plan von Schritten, oder edm (log-normal).</translation>
        </message>
        <message>
            <source>INDEX_URL, else the index that pip is configured with, else the publisher's that fits the build</source>
            <translation>INDEX_URL, sonst der Index, auf den pip eingestellt ist, sonst der des Herausgebers, der zur Ausgabe passt</translation>
        </message>
        <message>
            <source>Import a published checkpoint of ddpm-cd or SR3, and the change head that belongs to it.</source>
            <translation>Einen veröffentlichten Checkpoint von ddpm-cd oder SR3 importieren, und den Veränderungskopf, der dazu gehört.</translation>
        </message>
        <message>
            <source>Import published checkpoint</source>
            <translation>Veröffentlichten Checkpoint importieren</translation>
        </message>
        <message>
            <source>Imported detector</source>
            <translation>Importierter Detektor</translation>
        </message>
        <message>
            <source>Imported model</source>
            <translation>Importiertes Modell</translation>
        </message>
        <message>
            <source>In the place of a model: rasters of one band layout, from whose small pieces new ground is put together, without any training. Scenes of 400 px a side and more give most.</source>
            <translation>Anstelle eines Modells: Raster mit denselben Bändern, aus deren kleinen Stücken neues Land zusammengesetzt wird, ganz ohne Training. Szenen ab 400 px Seitenlänge geben am meisten her.</translation>
        </message>
        <message>
            <source>In the place of a scene: rasters of one band each, in the order that they are to have.</source>
            <translation>Anstelle einer Szene: Raster mit je einem Kanal, in der Reihenfolge, die sie haben sollen.</translation>
        </message>
        <message>
            <source>In {}.</source>
            <translation>In {}.</translation>
        </message>
        <message>
            <source>Index of models</source>
            <translation>Modellverzeichnis</translation>
        </message>
        <message>
            <source>Index of torch</source>
            <translation>Index für torch</translation>
        </message>
        <message>
            <source>Input</source>
            <translation>Eingabe</translation>
        </message>
        <message>
            <source>Install Python from python.org (for this user, no administrator needed) and name it in BASE_PYTHON, or install uv (docs.astral.sh/uv), which brings one.</source>
            <translation>Installieren Sie Python von python.org (für diesen Benutzer, ohne Administrator) und nennen Sie es in BASE_PYTHON, oder installieren Sie uv (docs.astral.sh/uv), das eines mitbringt.</translation>
        </message>
        <message>
            <source>Interpreter</source>
            <translation>Interpreter</translation>
        </message>
        <message>
            <source>Intersection over union of change</source>
            <translation>Schnitt über Vereinigung der Veränderung</translation>
        </message>
        <message>
            <source>Intersection over union of change on the validation part</source>
            <translation>Schnitt über Vereinigung der Veränderung am Prüfteil</translation>
        </message>
        <message>
            <source>It may not fit the layers: {}.</source>
            <translation>Es passt womöglich nicht zu den Layern: {}.</translation>
        </message>
        <message>
            <source>JSON by path, such as {"a.tif": {"crs": "EPSG:32633", "nodata": 0}}, where a layer says otherwise than its file.</source>
            <translation>JSON nach Pfaden, etwa {"a.tif": {"crs": "EPSG:32633", "nodata": 0}}, wo ein Layer anderes sagt als seine Datei.</translation>
        </message>
        <message>
            <source>KID and seconds for a tile are measured on so many.</source>
            <translation>KID und Sekunden je Kachel werden an so vielen gemessen.</translation>
        </message>
        <message>
            <source>KID of real tiles against other real ones, at the same count</source>
            <translation>KID echter Kacheln gegen andere echte, bei gleicher Anzahl</translation>
        </message>
        <message>
            <source>Kernel distance of the features of synthetic and real tiles (KID), unbiased</source>
            <translation>Kernabstand der Merkmale synthetischer und echter Kacheln (KID), erwartungstreu</translation>
        </message>
        <message>
            <source>Kind of change</source>
            <translation>Art der Veränderung</translation>
        </message>
        <message>
            <source>Kind of condition</source>
            <translation>Art der Bedingung</translation>
        </message>
        <message>
            <source>Kind of network</source>
            <translation>Art des Netzes</translation>
        </message>
        <message>
            <source>Kind {}</source>
            <translation>Art {}</translation>
        </message>
        <message>
            <source>Kinds by clusters</source>
            <translation>Arten durch Cluster</translation>
        </message>
        <message>
            <source>Kinds of change</source>
            <translation>Arten der Veränderung</translation>
        </message>
        <message>
            <source>Known</source>
            <translation>Bekannt</translation>
        </message>
        <message>
            <source>Label</source>
            <translation>Bestimmung</translation>
        </message>
        <message>
            <source>Labelled sample</source>
            <translation>Bestimmte Stichprobe</translation>
        </message>
        <message>
            <source>Labels</source>
            <translation>Beschriftungen</translation>
        </message>
        <message>
            <source>Landsat and Sentinel-2 are delivered as one file a band. This makes one raster of them, with names of the bands, no data where the sensor has none, scale and offset to physical values, and one pixel size; and a mask of clouds, their shadows and cirrus from the scene's own quality band. 'Detect changes' and 'Train diffusion model' take both as they are.</source>
            <translation>Landsat und Sentinel-2 werden als eine Datei je Kanal geliefert. Dies macht daraus ein Raster, mit Namen der Kanäle, ohne Daten, wo der Sensor keine hat, mit Skalierung und Versatz zu physikalischen Werten und einer Pixelgröße; und eine Maske der Wolken, ihrer Schatten und des Zirrus aus dem Qualitätskanal der Szene. „Veränderungen erkennen“ und „Diffusionsmodell trainieren“ nehmen beides, wie es ist.</translation>
        </message>
        <message>
            <source>Landsat,Sentinel-2,SAFE,MTL,bands,layer stack,virtual raster,cloud mask,QA_PIXEL,SCL,import</source>
            <translation>Landsat,Sentinel-2,SAFE,MTL,Kanäle,Kanäle stapeln,virtuelles Raster,Wolkenmaske,QA_PIXEL,SCL,Import</translation>
        </message>
        <message>
            <source>Largest distance</source>
            <translation>Größter Abstand</translation>
        </message>
        <message>
            <source>Largest norm of the gradient; 0 switches it off.</source>
            <translation>Größte Norm des Gradienten; 0 schaltet die Begrenzung aus.</translation>
        </message>
        <message>
            <source>Largest piece</source>
            <translation>Größtes Stück</translation>
        </message>
        <message>
            <source>Last beta</source>
            <translation>Letztes Beta</translation>
        </message>
        <message>
            <source>Layout</source>
            <translation>Anordnung</translation>
        </message>
        <message>
            <source>Learning rate</source>
            <translation>Lernrate</translation>
        </message>
        <message>
            <source>Learns from your labels what change is: pairs of rasters of two dates, with a raster or polygons that mark where change is. A diffusion model, which stays as it is, sees both dates; only a small head that reads what it sees is trained, so that a few labelled pairs and minutes on a processor go a long way. The result is a detector for 'Detect changes'. Where no model fits your imagery, leave Model empty and take the head siamese. With 'Tune the network' the model learns too.</source>
            <translation>Lernt aus Ihren Referenzflächen, was Veränderung ist: Paare von Rastern zweier Zeitpunkte, mit einem Raster oder Polygonen, die Veränderungen markieren. Ein Diffusionsmodell, das bleibt, wie es ist, sieht beide Zeitpunkte; nur ein kleiner Kopf, der liest, was es sieht, wird trainiert, sodass wenige beschriftete Paare und Minuten auf einem Prozessor weit reichen. Das Ergebnis ist ein Detektor für „Veränderungen erkennen“. Wo kein Modell zu Ihren Bildern passt, lassen Sie Modell leer und nehmen den Kopf siamese. Mit „Netz mitlernen lassen“ lernt auch das Modell.</translation>
        </message>
        <message>
            <source>Left without data</source>
            <translation>Ohne Daten gelassen</translation>
        </message>
        <message>
            <source>Length in minutes</source>
            <translation>Länge in Minuten</translation>
        </message>
        <message>
            <source>Length in tiles</source>
            <translation>Länge in Kacheln</translation>
        </message>
        <message>
            <source>Length of the average of the weights, as a share of all tiles seen; 0 switches it off.</source>
            <translation>Länge des Mittels der Gewichte, als Anteil aller gesehenen Kacheln; 0 schaltet es aus.</translation>
        </message>
        <message>
            <source>Licence of the data</source>
            <translation>Lizenz der Daten</translation>
        </message>
        <message>
            <source>Licence of the labels</source>
            <translation>Lizenz der Referenzflächen</translation>
        </message>
        <message>
            <source>Licence of the weights</source>
            <translation>Lizenz der Gewichte</translation>
        </message>
        <message>
            <source>Licence: {}.</source>
            <translation>Lizenz: {}.</translation>
        </message>
        <message>
            <source>Longer side of the largest piece that was taken whole from SOURCE, in pixels</source>
            <translation>Längere Seite des größten Stücks, das im Ganzen aus SOURCE übernommen wurde, in Pixeln</translation>
        </message>
        <message>
            <source>Loss</source>
            <translation>Verlust</translation>
        </message>
        <message>
            <source>Loss of vegetation</source>
            <translation>Verlust von Vegetation</translation>
        </message>
        <message>
            <source>Lower end of the 95 % interval of F1</source>
            <translation>Unteres Ende des 95-%-Intervalls von F1</translation>
        </message>
        <message>
            <source>Lower end of the 95 % interval of that area</source>
            <translation>Unteres Ende des 95-%-Intervalls dieser Fläche</translation>
        </message>
        <message>
            <source>Lowest KID</source>
            <translation>Kleinster KID</translation>
        </message>
        <message>
            <source>Lowest validation loss</source>
            <translation>Kleinster Prüfverlust</translation>
        </message>
        <message>
            <source>MEMORISATION of real tiles against other real ones, at the same count</source>
            <translation>MEMORISATION echter Kacheln gegen andere echte, bei gleicher Anzahl</translation>
        </message>
        <message>
            <source>MODEL and SOURCE are both given. Leave one of them empty.</source>
            <translation>MODEL und SOURCE sind beide angegeben. Eines davon leer lassen.</translation>
        </message>
        <message>
            <source>Make one raster of a scene that comes as one file a band, as Landsat and Sentinel-2 do, and a mask of clouds.</source>
            <translation>Aus einer Szene, die wie bei Landsat und Sentinel-2 als eine Datei je Kanal kommt, ein Raster machen, und eine Wolkenmaske.</translation>
        </message>
        <message>
            <source>Make the Python environment that runs the jobs, outside QGIS's own Python; run again, it mends or updates.</source>
            <translation>Die Python-Umgebung machen, in der die Aufträge laufen, außerhalb des Pythons von QGIS; noch einmal ausgeführt, repariert oder aktualisiert es sie.</translation>
        </message>
        <message>
            <source>Make the change mask and polygons anew from change probabilities and another threshold.</source>
            <translation>Veränderungsmaske und Polygone aus Veränderungswahrscheinlichkeiten und einer anderen Schwelle neu machen.</translation>
        </message>
        <message>
            <source>Makes a model file of a published checkpoint, so that 'Sample synthetic tiles' and 'Detect changes' can use a network that others have trained on many images. Networks of ddpm-cd and of SR3 are read; those for super-resolution take the coarser image as the condition of 'Sample synthetic tiles'. A change head of ddpm-cd becomes a detector for the imported model.</source>
            <translation>Macht aus einem veröffentlichten Checkpoint eine Modelldatei, damit „Synthetische Kacheln ziehen“ und „Veränderungen erkennen“ ein Netz nutzen können, das andere mit vielen Bildern trainiert haben. Gelesen werden Netze von ddpm-cd und von SR3; jene für Superresolution nehmen das gröbere Bild als Bedingung von „Synthetische Kacheln ziehen“. Ein Veränderungskopf von ddpm-cd wird zum Detektor für das importierte Modell.</translation>
        </message>
        <message>
            <source>Makes new pixels that look like the imagery a model was trained on, as a georeferenced raster in the data type and value range of the training raster. Nothing in it was ever seen from above: the files carry the tag SYNTHETIC=YES and the layer's name says so.</source>
            <translation>Macht neue Pixel, die aussehen wie die Bilder, mit denen ein Modell trainiert wurde, als georeferenziertes Raster im Datentyp und Wertebereich des Trainingsrasters. Nichts davon wurde je von oben gesehen: Die Dateien tragen den Vermerk SYNTHETIC=YES, und der Layername sagt es auch.</translation>
        </message>
        <message>
            <source>Makes the Python environment in which the other algorithms do their work: a folder of its own with torch, rasterio and a few small packages. Nothing is installed into QGIS's own Python, and removing the folder removes everything.</source>
            <translation>Macht die Python-Umgebung, in der die anderen Algorithmen arbeiten: ein eigener Ordner mit torch, rasterio und einigen kleinen Paketen. Nichts wird in das Python von QGIS installiert, und mit dem Ordner ist alles wieder weg.</translation>
        </message>
        <message>
            <source>Makes the change mask and the polygons anew from the change probability that 'Detect changes' wrote, with another threshold or another smallest change. Nothing is detected again, so it takes seconds. The mask is the one that 'Detect changes' would have written with that threshold; the polygons are its whole patches, without what only the bands of both dates tell (kinds of change, values before and after).</source>
            <translation>Macht Veränderungsmaske und Polygone neu aus der Veränderungswahrscheinlichkeit, die „Veränderungen erkennen“ geschrieben hat, mit einer anderen Schwelle oder einer anderen kleinsten Veränderung. Es wird nicht noch einmal erkannt, darum dauert es Sekunden. Die Maske ist die, die „Veränderungen erkennen“ mit dieser Schwelle geschrieben hätte; die Polygone sind ihre ganzen Flecken, ohne das, was nur die Kanäle beider Zeitpunkte sagen (Art der Veränderung, Werte vorher und nachher).</translation>
        </message>
        <message>
            <source>Map of errors</source>
            <translation>Fehlerkarte</translation>
        </message>
        <message>
            <source>Map what changed between two rasters of the same place.</source>
            <translation>Kartieren, was sich zwischen zwei Rastern desselben Ortes verändert hat.</translation>
        </message>
        <message>
            <source>Map when a place changed, how strongly and how often, from three or more rasters with dates.</source>
            <translation>Kartieren, wann sich ein Ort verändert hat, wie stark und wie oft, aus drei oder mehr Rastern mit Datum.</translation>
        </message>
        <message>
            <source>Maps what changed between two rasters of the same place. The result lies on the grid of the first raster; the second is resampled onto it where the grids differ. Pixels without data in either date stay without data.</source>
            <translation>Kartiert, was sich zwischen zwei Rastern desselben Ortes verändert hat. Das Ergebnis liegt auf dem Gitter des ersten Rasters; das zweite wird darauf umgerechnet, wo die Gitter verschieden sind. Pixel, die zu einem der Zeitpunkte keine Daten haben, bleiben ohne Daten.</translation>
        </message>
        <message>
            <source>Maps when a place changed, how strongly and how often, from three or more rasters of it with dates. Each date is compared with the one before it, in the ways of 'Detect changes'. The result lies on the grid of the earliest raster; others are resampled onto it where the grids differ.</source>
            <translation>Kartiert, wann sich ein Ort verändert hat, wie stark und wie oft, aus drei oder mehr Rastern mit Datum. Jedes Datum wird mit dem davor verglichen, auf die Arten von „Veränderungen erkennen“. Das Ergebnis liegt auf dem Gitter des frühesten Rasters; andere werden darauf umgerechnet, wo die Gitter sich unterscheiden.</translation>
        </message>
        <message>
            <source>Mask</source>
            <translation>Maske</translation>
        </message>
        <message>
            <source>Mask of the first date</source>
            <translation>Maske des ersten Zeitpunkts</translation>
        </message>
        <message>
            <source>Mask of the second date</source>
            <translation>Maske des zweiten Zeitpunkts</translation>
        </message>
        <message>
            <source>Mask values</source>
            <translation>Werte der Maske</translation>
        </message>
        <message>
            <source>Masks</source>
            <translation>Masken</translation>
        </message>
        <message>
            <source>Mean difference from a coarser CONDITION, in its numbers</source>
            <translation>Mittlere Abweichung von einer gröberen CONDITION, in deren Zahlen</translation>
        </message>
        <message>
            <source>Mean score of change</source>
            <translation>Mittlerer Veränderungswert</translation>
        </message>
        <message>
            <source>Method</source>
            <translation>Verfahren</translation>
        </message>
        <message>
            <source>Method used</source>
            <translation>Benutztes Verfahren</translation>
        </message>
        <message>
            <source>Min-SNR gamma</source>
            <translation>Gamma von Min-SNR</translation>
        </message>
        <message>
            <source>Minutes for each setting</source>
            <translation>Minuten je Einstellung</translation>
        </message>
        <message>
            <source>Minutes of learning</source>
            <translation>Minuten des Lernens</translation>
        </message>
        <message>
            <source>Missing edges, lines and patches, 0 as in real tiles, 1 as in noise of the same spectrum</source>
            <translation>Fehlende Kanten, Linien und Flächen: 0 wie in echten Kacheln, 1 wie in Rauschen desselben Spektrums</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Modell</translation>
        </message>
        <message>
            <source>Models</source>
            <translation>Modelle</translation>
        </message>
        <message>
            <source>Models at hand</source>
            <translation>Vorhandene Modelle</translation>
        </message>
        <message>
            <source>Moves the noise levels that edm trains on: the mean of ln(sigma), -1.2 in Karras et al. 2022, is raised by so much. What shows through much noise, as ink on paper does, wants more.</source>
            <translation>Verschiebt die Rauschstufen, auf denen edm lernt: Der Mittelwert von ln(sigma), -1,2 bei Karras u. a. 2022, wird um so viel erhöht. Was durch viel Rauschen hindurch zu sehen ist, wie Tinte auf Papier, braucht mehr.</translation>
        </message>
        <message>
            <source>NVIDIA cards</source>
            <translation>NVIDIA-Karten</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>Name an experiment folder for runs that take hours: after a cancel or a crash the same settings with the same folder go on where they stopped, and models of all settings stay in it. Cancel writes the report of what is done.</source>
            <translation>Nennen Sie einen Experimentordner für Läufe, die Stunden dauern: Nach einem Abbruch oder Absturz machen dieselben Einstellungen mit demselben Ordner dort weiter, wo sie aufgehört haben, und die Modelle aller Einstellungen bleiben darin. Abbrechen schreibt den Bericht über das, was fertig ist.</translation>
        </message>
        <message>
            <source>Name of the model in the index, such as ddpm-aerial-rgb.</source>
            <translation>Name des Modells im Verzeichnis, etwa ddpm-aerial-rgb.</translation>
        </message>
        <message>
            <source>Names of the bands</source>
            <translation>Namen der Kanäle</translation>
        </message>
        <message>
            <source>New bare or built ground</source>
            <translation>Neuer kahler oder bebauter Boden</translation>
        </message>
        <message>
            <source>No Python for the environment was found.</source>
            <translation>Kein Python für die Umgebung wurde gefunden.</translation>
        </message>
        <message>
            <source>No Python with torch and rasterio was found for the jobs. Run the algorithm 'Set up environment', or name one in Settings &gt; Options &gt; Processing &gt; Providers &gt; DDPM, or in the environment variable QGIS_DDPM_PYTHON.</source>
            <translation>Für die Aufträge wurde kein Python mit torch und rasterio gefunden. Führen Sie den Algorithmus „Umgebung einrichten“ aus, oder nennen Sie eines unter Einstellungen &gt; Optionen &gt; Verarbeitung &gt; Datenanbieter &gt; DDPM oder in der Umgebungsvariable QGIS_DDPM_PYTHON.</translation>
        </message>
        <message>
            <source>No Python {} or newer is installed; uv brings one.</source>
            <translation>Kein Python {} oder neuer ist installiert; uv bringt eines mit.</translation>
        </message>
        <message>
            <source>No change</source>
            <translation>Keine Änderung</translation>
        </message>
        <message>
            <source>No figure means much alone. Each comes with its floor: what real tiles get against other real tiles at the same count. A figure at its floor cannot be told from real; the report says which ones are.</source>
            <translation>Keine Zahl sagt für sich viel. Zu jeder gehört ihr Boden: was echte Kacheln gegen andere echte bei gleicher Anzahl erreichen. Eine Zahl an ihrem Boden ist von echt nicht zu unterscheiden; der Bericht sagt, bei welchen das so ist.</translation>
        </message>
        <message>
            <source>No piece longer than this is to be taken whole from one place of SOURCE. A smaller one is further from the original, and joins more often. 0 allows any.</source>
            <translation>Kein längeres Stück soll im Ganzen von einem Ort von SOURCE übernommen werden. Ein kleinerer Wert ist weiter vom Original entfernt und fügt öfter aneinander. 0 erlaubt jedes.</translation>
        </message>
        <message>
            <source>Nodata values</source>
            <translation>Nodata-Werte</translation>
        </message>
        <message>
            <source>Noise draws</source>
            <translation>Rauschziehungen</translation>
        </message>
        <message>
            <source>Noise levels</source>
            <translation>Rauschstufen</translation>
        </message>
        <message>
            <source>Noise schedule</source>
            <translation>Rauschplan</translation>
        </message>
        <message>
            <source>Not yet labelled</source>
            <translation>Noch nicht bestimmt</translation>
        </message>
        <message>
            <source>Note</source>
            <translation>Anmerkung</translation>
        </message>
        <message>
            <source>Number</source>
            <translation>Nummer</translation>
        </message>
        <message>
            <source>Number of heads</source>
            <translation>Anzahl der Köpfe</translation>
        </message>
        <message>
            <source>Number of images</source>
            <translation>Anzahl der Bilder</translation>
        </message>
        <message>
            <source>Number of steps of a published schedule; edm has none.</source>
            <translation>Anzahl der Schritte eines veröffentlichten Plans; edm hat keine.</translation>
        </message>
        <message>
            <source>Number of tiles</source>
            <translation>Anzahl der Kacheln</translation>
        </message>
        <message>
            <source>Number of training images</source>
            <translation>Anzahl der Trainingsbilder</translation>
        </message>
        <message>
            <source>Numbers of the bands that correspond, in the same order.</source>
            <translation>Nummern der entsprechenden Kanäle, in derselben Reihenfolge.</translation>
        </message>
        <message>
            <source>Numbers of the bands that the synthetic ones stand for, such as 1,2,3.</source>
            <translation>Nummern der Kanäle, für die die synthetischen stehen, etwa 1,2,3.</translation>
        </message>
        <message>
            <source>Numbers of the bands to compare, such as 1,2,3.</source>
            <translation>Nummern der Kanäle, die verglichen werden, etwa 1,2,3.</translation>
        </message>
        <message>
            <source>Numbers of the bands to compare, such as 1,2,3; where they differ, those of each raster in its order, such as 1,2,3;2,3,4;2,3,4.</source>
            <translation>Nummern der Bänder, die verglichen werden, etwa 1,2,3; wo sie sich unterscheiden, die jedes Rasters in der Reihenfolge der Raster, etwa 1,2,3;2,3,4;2,3,4.</translation>
        </message>
        <message>
            <source>Numbers of the bands to read at both dates, such as 1,2,3.</source>
            <translation>Nummern der Kanäle, die zu beiden Zeitpunkten gelesen werden, etwa 1,2,3.</translation>
        </message>
        <message>
            <source>Numbers of the bands to train on, such as 1,2,3.</source>
            <translation>Nummern der Kanäle, mit denen trainiert wird, etwa 1,2,3.</translation>
        </message>
        <message>
            <source>Numbers of the mask raster that are missing: codes such as 3,8,9, bits such as bit3,bit4, or landsat-qa (QA_PIXEL of Landsat Collection 2) or sentinel2-scl (scene classification of Sentinel-2 L2A).</source>
            <translation>Zahlen des Maskenrasters, die fehlen: Codes wie 3,8,9, Bits wie bit3,bit4, oder landsat-qa (QA_PIXEL der Landsat Collection 2) oder sentinel2-scl (Szenenklassifikation von Sentinel-2 L2A).</translation>
        </message>
        <message>
            <source>Numbers of the masks where pixels are ignored: codes such as 3,8,9, bits such as bit3,bit4, or landsat-qa (QA_PIXEL of Landsat Collection 2) or sentinel2-scl (scene classification of Sentinel-2 L2A).</source>
            <translation>Zahlen der Masken, bei denen Pixel nicht beachtet werden: Codes wie 3,8,9, Bits wie bit3,bit4, oder landsat-qa (QA_PIXEL der Landsat Collection 2) oder sentinel2-scl (Szenenklassifikation von Sentinel-2 L2A).</translation>
        </message>
        <message>
            <source>Numbers that the network multiplies. bfloat16 is up to eight times as fast on some processors and GPUs, and rounds to three digits. auto takes it where it is faster and the network is made for it.</source>
            <translation>Zahlen, die das Netz multipliziert. bfloat16 ist auf manchen Prozessoren und Grafikkarten bis zu achtmal so schnell und rundet auf drei Ziffern. auto nimmt es, wo es schneller ist und das Netz dafür gemacht ist.</translation>
        </message>
        <message>
            <source>Of topdown and siamese: so many are trained, each leaves other pairs out, and their mean decides. Of the others: so many are trained from different starts, and the best one is kept; heads linear look at different noise levels.</source>
            <translation>Von topdown und siamese: So viele werden trainiert, jeder lässt andere Paare aus, und ihr Mittel entscheidet. Von den übrigen: So viele werden von verschiedenen Anfängen aus trainiert, und der beste bleibt; Köpfe linear sehen verschiedene Rauschstufen an.</translation>
        </message>
        <message>
            <source>Offset noise</source>
            <translation>Versatzrauschen</translation>
        </message>
        <message>
            <source>One GeoTIFF for each draw.</source>
            <translation>Ein GeoTIFF je Ziehung.</translation>
        </message>
        <message>
            <source>One GeoTIFF for each tile, of its part of CONDITION, under the tile's name: pairs for training.</source>
            <translation>Ein GeoTIFF für jede Kachel, von ihrem Teil von CONDITION, unter dem Namen der Kachel: Paare zum Trainieren.</translation>
        </message>
        <message>
            <source>One GeoTIFF for each tile.</source>
            <translation>Ein GeoTIFF für jede Kachel.</translation>
        </message>
        <message>
            <source>One number a level, such as 1,2,4; each level halves the size.</source>
            <translation>Eine Zahl je Stufe, etwa 1,2,4; jede Stufe halbiert die Größe.</translation>
        </message>
        <message>
            <source>One of: {}.</source>
            <translation>Eines von: {}.</translation>
        </message>
        <message>
            <source>One raster with all bands. A name that ends in .vrt makes a small file that refers to the files of the scene, which have to stay; one in .tif a copy.</source>
            <translation>Ein Raster mit allen Kanälen. Ein Name auf .vrt macht eine kleine Datei, die auf die Dateien der Szene verweist, die bleiben müssen; einer auf .tif eine Kopie.</translation>
        </message>
        <message>
            <source>Only so many images of the folder were trained on, as MAX_IMAGES of the training said, with this SEED and a tenth kept for validation.</source>
            <translation>Nur so viele Bilder des Ordners wurden gelernt, wie MAX_IMAGES des Trainings sagte, mit diesem SEED und einem Zehntel zur Prüfung.</translation>
        </message>
        <message>
            <source>Optimizer</source>
            <translation>Optimierer</translation>
        </message>
        <message>
            <source>Other change</source>
            <translation>Andere Veränderung</translation>
        </message>
        <message>
            <source>Other dates</source>
            <translation>Andere Zeitpunkte</translation>
        </message>
        <message>
            <source>Outlines of the tiles.</source>
            <translation>Umrisse der Kacheln.</translation>
        </message>
        <message>
            <source>Outputs</source>
            <translation>Ausgaben</translation>
        </message>
        <message>
            <source>Overall accuracy</source>
            <translation>Gesamtgenauigkeit</translation>
        </message>
        <message>
            <source>Overall accuracy on the validation part</source>
            <translation>Gesamtgenauigkeit am Prüfteil</translation>
        </message>
        <message>
            <source>Overlap</source>
            <translation>Überlappung</translation>
        </message>
        <message>
            <source>Overlap of neighbouring windows in the layout seamless. It changes the result.</source>
            <translation>Überlappung benachbarter Fenster in der Anordnung seamless. Sie ändert das Ergebnis.</translation>
        </message>
        <message>
            <source>Overlap of neighbouring windows of the model. It changes the result a little.</source>
            <translation>Überlappung benachbarter Fenster des Modells. Sie ändert das Ergebnis ein wenig.</translation>
        </message>
        <message>
            <source>PRECISION of real tiles against other real ones, at the same count</source>
            <translation>PRECISION echter Kacheln gegen andere echte, bei gleicher Anzahl</translation>
        </message>
        <message>
            <source>Package index</source>
            <translation>Paketindex</translation>
        </message>
        <message>
            <source>Page with all that was found.</source>
            <translation>Seite mit allem, was gefunden wurde.</translation>
        </message>
        <message>
            <source>Page with figures and pictures.</source>
            <translation>Seite mit Zahlen und Bildern.</translation>
        </message>
        <message>
            <source>Page with one row for each setting.</source>
            <translation>Seite mit einer Zeile je Einstellung.</translation>
        </message>
        <message>
            <source>Page with the figures, curves and maps of the validation part.</source>
            <translation>Seite mit den Zahlen, Kurven und Karten des Prüfteils.</translation>
        </message>
        <message>
            <source>Page with the losses and sample tiles.</source>
            <translation>Seite mit den Verlusten und Beispielkacheln.</translation>
        </message>
        <message>
            <source>Parameters</source>
            <translation>Parameter</translation>
        </message>
        <message>
            <source>Part of the earliest raster to map.</source>
            <translation>Teil des frühesten Rasters, der kartiert wird.</translation>
        </message>
        <message>
            <source>Part of the first raster to map.</source>
            <translation>Teil des ersten Rasters, der kartiert wird.</translation>
        </message>
        <message>
            <source>Part of the raster to fill and write.</source>
            <translation>Teil des Rasters, der gefüllt und geschrieben wird.</translation>
        </message>
        <message>
            <source>Patch size</source>
            <translation>Größe der Flicken</translation>
        </message>
        <message>
            <source>Picture of some tiles from noise to the result.</source>
            <translation>Bild einiger Kacheln vom Rauschen bis zum Ergebnis.</translation>
        </message>
        <message>
            <source>Picture: {}</source>
            <translation>Bild: {}</translation>
        </message>
        <message>
            <source>Pixel size</source>
            <translation>Pixelgröße</translation>
        </message>
        <message>
            <source>Pixels folded into channels before the first level: 1, 2 or 4. Larger is faster and coarser.</source>
            <translation>Pixel, die vor der ersten Stufe zu Kanälen gefaltet werden: 1, 2 oder 4. Mehr ist schneller und gröber.</translation>
        </message>
        <message>
            <source>Pixels further than this from a known one are left as nodata, such as the corners beside a swath.</source>
            <translation>Pixel, die weiter von einem bekannten entfernt sind, bleiben ohne Daten, etwa die Ecken neben einem Aufnahmestreifen.</translation>
        </message>
        <message>
            <source>Points that SAMPLE drew of this very change map, with their labels: gives the area of change that may be reported, with its interval. Other points serve where they are a random sample within the map's two classes.</source>
            <translation>Punkte, die SAMPLE aus eben dieser Änderungskarte gezogen hat, mit ihrer Bestimmung: ergibt die Änderungsfläche, die berichtet werden kann, mit ihrem Intervall. Andere Punkte taugen, wenn sie eine Zufallsstichprobe innerhalb der beiden Klassen der Karte sind.</translation>
        </message>
        <message>
            <source>Points to draw</source>
            <translation>Zahl der Punkte</translation>
        </message>
        <message>
            <source>Polygons for statistics</source>
            <translation>Polygone für die Statistik</translation>
        </message>
        <message>
            <source>Polygons of changed areas are of one kind each; else they are all that hangs together, with the most frequent kind and its share.</source>
            <translation>Jedes Polygon der veränderten Flächen ist von einer Art; sonst ist es alles, was zusammenhängt, mit der häufigsten Art und deren Anteil.</translation>
        </message>
        <message>
            <source>Polygons of what changed between two dates: from, to, area_m2, mean_score and max_score. QGIS's temporal controller plays them.</source>
            <translation>Polygone dessen, was sich zwischen zwei Daten verändert hat: from, to, area_m2, mean_score und max_score. Die Zeitsteuerung von QGIS spielt sie ab.</translation>
        </message>
        <message>
            <source>Polygons with area_m2, mean_score and max_score, what each band and index was before and after, and the most frequent kind of change.</source>
            <translation>Polygone mit area_m2, mean_score und max_score, mit jedem Kanal und Index vorher und nachher und mit der häufigsten Art der Veränderung.</translation>
        </message>
        <message>
            <source>Polygons with area_m2, mean_score and max_score.</source>
            <translation>Polygone mit area_m2, mean_score und max_score.</translation>
        </message>
        <message>
            <source>Polygons, such as parcels or stands, of which a copy gets the changed area and its share.</source>
            <translation>Polygone, etwa Flurstücke oder Bestände, deren Kopie die veränderte Fläche und ihren Anteil bekommt.</translation>
        </message>
        <message>
            <source>Precision</source>
            <translation>Zahlen des Netzes</translation>
        </message>
        <message>
            <source>Precision of change</source>
            <translation>Präzision der Veränderung</translation>
        </message>
        <message>
            <source>Precision of change on the validation part</source>
            <translation>Präzision der Veränderung am Prüfteil</translation>
        </message>
        <message>
            <source>Prediction</source>
            <translation>Vorhersage</translation>
        </message>
        <message>
            <source>Preset</source>
            <translation>Voreinstellung</translation>
        </message>
        <message>
            <source>Published checkpoint</source>
            <translation>Veröffentlichter Checkpoint</translation>
        </message>
        <message>
            <source>Python of the worker (with torch and rasterio)</source>
            <translation>Python des Arbeitsprozesses (mit torch und rasterio)</translation>
        </message>
        <message>
            <source>RECALL of real tiles against other real ones, at the same count</source>
            <translation>RECALL echter Kacheln gegen andere echte, bei gleicher Anzahl</translation>
        </message>
        <message>
            <source>REPORT has nothing to tell before the sample is labelled. Leave REPORT empty.</source>
            <translation>REPORT hat nichts zu berichten, bevor die Stichprobe bestimmt ist. Lassen Sie REPORT leer.</translation>
        </message>
        <message>
            <source>Radiometry</source>
            <translation>Radiometrie</translation>
        </message>
        <message>
            <source>Random flips, or flips and right-angle turns (dihedral). Writing must not be turned: the preset digits has none, whatever files the digits come from.</source>
            <translation>Zufällige Spiegelungen, oder Spiegelungen und Drehungen um rechte Winkel (dihedral). Schrift darf nicht gedreht werden: Die Voreinstellung digits hat keine, aus welchen Dateien die Ziffern auch kommen.</translation>
        </message>
        <message>
            <source>Random points of the change map, to be labelled in QGIS and given back as the labelled sample. They do not tell what the map says of them.</source>
            <translation>Zufällige Punkte der Änderungskarte, die in QGIS bestimmt und als bestimmte Stichprobe zurückgegeben werden. Sie verraten nicht, was die Karte von ihnen sagt.</translation>
        </message>
        <message>
            <source>Raster of scores from 0 to 1, as change detection writes it; the first band is read.</source>
            <translation>Raster von Werten zwischen 0 und 1, wie es die Veränderungserkennung schreibt; gelesen wird der erste Kanal.</translation>
        </message>
        <message>
            <source>Raster of synthetic pixels.</source>
            <translation>Raster synthetischer Pixel.</translation>
        </message>
        <message>
            <source>Raster of synthetic pixels: tiles side by side, or a seamless area.</source>
            <translation>Raster synthetischer Pixel: Kacheln nebeneinander, oder eine nahtlose Fläche.</translation>
        </message>
        <message>
            <source>Raster of the first date; the result lies on its grid.</source>
            <translation>Raster des ersten Zeitpunkts; das Ergebnis liegt auf seinem Gitter.</translation>
        </message>
        <message>
            <source>Raster of the second date.</source>
            <translation>Raster des zweiten Zeitpunkts.</translation>
        </message>
        <message>
            <source>Raster or polygons of places known not to have changed; then only pixels in either reference count.</source>
            <translation>Raster oder Polygone von Orten, die sich bekanntlich nicht verändert haben; dann zählen nur Pixel in einer der beiden Referenzen.</translation>
        </message>
        <message>
            <source>Raster or polygons of true change: nonzero is change.</source>
            <translation>Raster oder Polygone wahrer Veränderung: Ungleich null ist Veränderung.</translation>
        </message>
        <message>
            <source>Raster or polygons that mark what is missing besides, such as clouds. Of a raster all but 0 is missing, or what MASK_VALUES names.</source>
            <translation>Raster oder Polygone, die markieren, was außerdem fehlt, etwa Wolken. In einem Raster fehlt alles außer 0, oder was MASK_VALUES nennt.</translation>
        </message>
        <message>
            <source>Raster or polygons, nonzero where pixels are to be left out.</source>
            <translation>Raster oder Polygone, ungleich null, wo Pixel ausgelassen werden.</translation>
        </message>
        <message>
            <source>Raster that is nonzero where the first date is to be ignored, such as clouds.</source>
            <translation>Raster, das ungleich null ist, wo der erste Zeitpunkt außer Acht bleibt, etwa bei Wolken.</translation>
        </message>
        <message>
            <source>Raster that is nonzero where the second date is to be ignored.</source>
            <translation>Raster, das ungleich null ist, wo der zweite Zeitpunkt außer Acht bleibt.</translation>
        </message>
        <message>
            <source>Raster with gaps. What is missing is its nodata, and what the mask marks.</source>
            <translation>Raster mit Lücken. Es fehlt, was ohne Daten ist, und was die Maske markiert.</translation>
        </message>
        <message>
            <source>Raster: nonzero is change, nodata is left out.</source>
            <translation>Raster: Ungleich null ist Veränderung, Nodata bleibt aus.</translation>
        </message>
        <message>
            <source>Rasters</source>
            <translation>Raster</translation>
        </message>
        <message>
            <source>Rasters of one band layout; tiles are cut from them at random where all bands are valid.</source>
            <translation>Raster mit gleichen Kanälen; Kacheln werden zufällig daraus geschnitten, wo alle Kanäle gültig sind.</translation>
        </message>
        <message>
            <source>Rasters of the first date, one for each pair.</source>
            <translation>Raster des ersten Zeitpunkts, eines je Paar.</translation>
        </message>
        <message>
            <source>Rasters of the same place from which pixels follow: other dates, or other layers. Any grid and bands; they may have gaps of their own.</source>
            <translation>Raster desselben Ortes, aus denen Pixel folgen: andere Zeitpunkte oder andere Ebenen. Gitter und Kanäle beliebig; sie dürfen eigene Lücken haben.</translation>
        </message>
        <message>
            <source>Rasters of the second date, in the same order as those of the first.</source>
            <translation>Raster des zweiten Zeitpunkts, in derselben Reihenfolge wie die des ersten.</translation>
        </message>
        <message>
            <source>Rasters that are nonzero where a date is to be ignored, such as clouds. Each belongs to the raster whose date its name tells; without dates in their names there is one for each raster, in the same order.</source>
            <translation>Raster, die ungleich null sind, wo ein Datum nicht zählen soll, etwa Wolken. Jedes gehört zu dem Raster, dessen Datum sein Name nennt; ohne Daten in den Namen gibt es eines für jedes Raster, in derselben Reihenfolge.</translation>
        </message>
        <message>
            <source>Rasters that hide pixels of the training rasters, such as clouds: one for each of them, in the same order.</source>
            <translation>Raster, die Pixel der Trainingsraster verdecken, etwa Wolken: eines für jedes, in derselben Reihenfolge.</translation>
        </message>
        <message>
            <source>Reading block</source>
            <translation>Leseblock</translation>
        </message>
        <message>
            <source>Real rasters</source>
            <translation>Echte Raster</translation>
        </message>
        <message>
            <source>Real rasters of the same bands, better not those that the model was trained on.</source>
            <translation>Echte Raster mit denselben Kanälen, besser nicht jene, mit denen das Modell trainiert wurde.</translation>
        </message>
        <message>
            <source>Recall of change</source>
            <translation>Trefferquote der Veränderung</translation>
        </message>
        <message>
            <source>Recall of change on the validation part</source>
            <translation>Trefferquote der Veränderung am Prüfteil</translation>
        </message>
        <message>
            <source>Reference</source>
            <translation>Referenz</translation>
        </message>
        <message>
            <source>Reference of no change</source>
            <translation>Referenz des Unveränderten</translation>
        </message>
        <message>
            <source>Report of the comparison</source>
            <translation>Bericht über den Vergleich</translation>
        </message>
        <message>
            <source>Report on the tiles</source>
            <translation>Bericht über die Kacheln</translation>
        </message>
        <message>
            <source>Resample rasters onto the grid of the earliest where they differ. Without a detector, blur and a shift of less than a pixel between two dates are matched too, by a filter of 3 x 3 px.</source>
            <translation>Raster auf das Gitter des frühesten umrechnen, wo sie sich unterscheiden. Ohne Detektor werden auch Unschärfe und ein Versatz von weniger als einem Pixel zwischen zwei Daten angeglichen, durch einen Filter von 3 x 3 px.</translation>
        </message>
        <message>
            <source>Resample the second raster onto the grid of the first where they differ. Without a detector, blur and a shift of less than a pixel between the dates are matched too, by a filter of 3 x 3 px.</source>
            <translation>Das zweite Raster auf das Gitter des ersten umrechnen, wo sie verschieden sind. Ohne Detektor werden auch Unschärfe und eine Verschiebung von weniger als einem Pixel zwischen den Zeitpunkten angeglichen, mit einem Filter von 3 x 3 px.</translation>
        </message>
        <message>
            <source>Resampling</source>
            <translation>Resampling</translation>
        </message>
        <message>
            <source>Residual blocks</source>
            <translation>Residualblöcke</translation>
        </message>
        <message>
            <source>Residual blocks at each level.</source>
            <translation>Residualblöcke auf jeder Stufe.</translation>
        </message>
        <message>
            <source>Restoration</source>
            <translation>Wiederherstellung</translation>
        </message>
        <message>
            <source>Roles of the bands</source>
            <translation>Rollen der Kanäle</translation>
        </message>
        <message>
            <source>Row</source>
            <translation>Zeile</translation>
        </message>
        <message>
            <source>Run it again to mend the environment.</source>
            <translation>Führen Sie es noch einmal aus, um die Umgebung zu reparieren.</translation>
        </message>
        <message>
            <source>Run it once. It takes minutes and 1.3 GB of disk for processors, 7 GB for NVIDIA cards. Running it again mends an environment that was left half-made, or updates it. On a machine without network, bring the packages as a folder of wheels; proxies, mirrors and certificates are those that pip is configured with.</source>
            <translation>Einmal ausführen genügt. Es braucht Minuten und 1,3 GB Platz für Prozessoren, 7 GB für NVIDIA-Karten. Noch einmal ausgeführt, repariert es eine halb fertige Umgebung oder aktualisiert sie. Auf einem Rechner ohne Netzwerk bringen Sie die Pakete als Ordner mit Wheels mit; Proxys, Spiegel und Zertifikate sind die, auf die pip eingestellt ist.</translation>
        </message>
        <message>
            <source>SOURCE is drawn from</source>
            <translation>aus SOURCE wird gezogen</translation>
        </message>
        <message>
            <source>SPECTRUM_DISTANCE of real tiles against other real ones, at the same count</source>
            <translation>SPECTRUM_DISTANCE echter Kacheln gegen andere echte, bei gleicher Anzahl</translation>
        </message>
        <message>
            <source>STATISTICS: the layer '{}' holds no polygons. Choose a polygon layer.</source>
            <translation>STATISTICS: Der Layer '{}' enthält keine Polygone. Wählen Sie einen Polygonlayer.</translation>
        </message>
        <message>
            <source>STRUCTURE of real tiles against other real ones, at the same count</source>
            <translation>STRUCTURE echter Kacheln gegen andere echte, bei gleicher Anzahl</translation>
        </message>
        <message>
            <source>Sample georeferenced synthetic tiles, or one seamless synthetic area, from a trained model or from imagery.</source>
            <translation>Georeferenzierte synthetische Kacheln oder eine nahtlose synthetische Fläche aus einem trainierten Modell oder aus Bildmaterial ziehen.</translation>
        </message>
        <message>
            <source>Sample synthetic tiles</source>
            <translation>Synthetische Kacheln ziehen</translation>
        </message>
        <message>
            <source>Sample to be labelled</source>
            <translation>Stichprobe zum Bestimmen</translation>
        </message>
        <message>
            <source>Sampler</source>
            <translation>Ziehverfahren</translation>
        </message>
        <message>
            <source>Save the sample to a file before you label it: a temporary layer is gone when QGIS is closed.</source>
            <translation>Speichern Sie die Stichprobe in eine Datei, bevor Sie sie bestimmen: Ein temporärer Layer ist weg, wenn QGIS geschlossen wird.</translation>
        </message>
        <message>
            <source>Says whether the other algorithms can run, and with what: the Python they use, its versions of torch and rasterio, the devices on which a small computation worked, and the free memory.</source>
            <translation>Sagt, ob die anderen Algorithmen laufen können, und womit: das Python, das sie benutzen, seine Versionen von torch und rasterio, die Geräte, auf denen eine kleine Rechnung gelang, und der freie Speicher.</translation>
        </message>
        <message>
            <source>Scene</source>
            <translation>Szene</translation>
        </message>
        <message>
            <source>Scheduler</source>
            <translation>Scheduler</translation>
        </message>
        <message>
            <source>Score of change, 0 to 1; with a detector, the probability of change.</source>
            <translation>Veränderungswert, 0 bis 1; mit einem Detektor die Wahrscheinlichkeit der Veränderung.</translation>
        </message>
        <message>
            <source>Scores are averaged over so many draws of noise.</source>
            <translation>Die Werte werden über so viele Rauschziehungen gemittelt.</translation>
        </message>
        <message>
            <source>Scores are computed by the workers of a Dask scheduler, tcp://HOST:PORT, or by several processes of this machine, such as local:4. It does not change the result. Needs the package distributed.</source>
            <translation>Die Werte werden von den Workern eines Dask-Schedulers berechnet, tcp://HOST:PORT, oder von mehreren Prozessen dieses Rechners, etwa local:4. Am Ergebnis ändert das nichts. Braucht das Paket distributed.</translation>
        </message>
        <message>
            <source>Scores without a trained detector are no calibrated probabilities. The automatic threshold measured well on many scenes; where it does not suit, say in FALSE_ALARMS which share of unchanged pixels may be called changed, or look at the probability raster and set the threshold yourself. Its layer has a second style, 'Change from a threshold' (right click &gt; Styles), in which the first value is the threshold and the map follows it; 'Apply threshold' then makes mask and polygons anew without another detection.</source>
            <translation>Ergebnisse ohne trainierten Detektor sind keine geeichten Wahrscheinlichkeiten. Die automatische Schwelle hat sich an vielen Szenen bewährt; wo sie nicht passt, geben Sie mit FALSE_ALARMS an, welcher Anteil unveränderter Pixel als verändert gelten darf, oder sehen Sie die Wahrscheinlichkeit an und setzen die Schwelle selbst. Ihr Layer hat einen zweiten Stil, 'Veränderung ab einer Schwelle' (Rechtsklick &gt; Stile), in dem der erste Wert die Schwelle ist und die Karte ihm folgt; 'Schwelle anwenden' macht dann Maske und Polygone neu, ohne noch einmal zu erkennen.</translation>
        </message>
        <message>
            <source>Seconds per tile</source>
            <translation>Sekunden je Kachel</translation>
        </message>
        <message>
            <source>Seed</source>
            <translation>Startwert</translation>
        </message>
        <message>
            <source>Seed of the split</source>
            <translation>Startwert der Aufteilung</translation>
        </message>
        <message>
            <source>Self-conditioning</source>
            <translation>Selbstbedingung</translation>
        </message>
        <message>
            <source>Set up environment</source>
            <translation>Umgebung einrichten</translation>
        </message>
        <message>
            <source>Settings that were compared</source>
            <translation>Verglichene Einstellungen</translation>
        </message>
        <message>
            <source>Several GPUs share a training on the command line: `torchrun --nproc-per-node=2 -m qgis_ddpm run job.yaml` gives the result of one process with the same batch. (Tested on processors; not yet measured on GPUs.)</source>
            <translation>Mehrere Grafikkarten teilen sich ein Training auf der Befehlszeile: `torchrun --nproc-per-node=2 -m qgis_ddpm run job.yaml` gibt dasselbe Ergebnis wie ein Prozess mit demselben Batch. (Auf Prozessoren geprüft; auf Grafikkarten noch nicht gemessen.)</translation>
        </message>
        <message>
            <source>Share for validation</source>
            <translation>Anteil zur Prüfung</translation>
        </message>
        <message>
            <source>Share of activations dropped in training.</source>
            <translation>Anteil der Aktivierungen, die im Training ausfallen.</translation>
        </message>
        <message>
            <source>Share of real tiles that synthetic ones come close to</source>
            <translation>Anteil der echten Kacheln, denen synthetische nahe kommen</translation>
        </message>
        <message>
            <source>Share of real tiles with a synthetic one nearby</source>
            <translation>Anteil der echten Kacheln mit einer synthetischen in der Nähe</translation>
        </message>
        <message>
            <source>Share of synthetic tiles that lie closer to a training tile than 95 % of unseen real ones do</source>
            <translation>Anteil der synthetischen Kacheln, die näher an einer Trainingskachel liegen als 95 % der ungesehenen echten</translation>
        </message>
        <message>
            <source>Share of synthetic tiles that look like real ones</source>
            <translation>Anteil der synthetischen Kacheln, die wie echte aussehen</translation>
        </message>
        <message>
            <source>Share of that kind</source>
            <translation>Anteil dieser Art</translation>
        </message>
        <message>
            <source>Share of the area that is kept for choosing the best weights, the threshold and the figures. Not used where the folder says what is for validation, or where each head leaves other pairs out.</source>
            <translation>Anteil der Fläche, der für die Wahl der besten Gewichte, die Schwelle und die Kennzahlen zurückbehalten wird. Ohne Wirkung, wo der Ordner sagt, was zur Prüfung dient, oder wo jeder Kopf andere Paare auslässt.</translation>
        </message>
        <message>
            <source>Share of the area, or of the images, that is kept for validation.</source>
            <translation>Anteil der Fläche oder der Bilder, der zur Prüfung zurückbehalten wird.</translation>
        </message>
        <message>
            <source>Share of the valid area that changed at least once, 0 to 1</source>
            <translation>Anteil der gültigen Fläche, der sich mindestens einmal verändert hat, 0 bis 1</translation>
        </message>
        <message>
            <source>Share of tiles of which the model is told nothing in training, so that it can also draw unasked, and be led further towards what is asked for (GUIDANCE_SCALE of 'Sample synthetic tiles').</source>
            <translation>Anteil der Kacheln, von denen dem Modell im Training nichts gesagt wird, damit es auch unverlangt ziehen und weiter zum Verlangten geführt werden kann (GUIDANCE_SCALE von „Synthetische Kacheln ziehen“).</translation>
        </message>
        <message>
            <source>Share of unchanged pixels that may be called changed at least once in the whole series, such as 0.01. The threshold of each pair of dates is then taken from the distances of those of its pixels that seem unchanged, for the part of the share that is its own.</source>
            <translation>Anteil unveränderter Pixel, die in der ganzen Reihe mindestens einmal verändert heißen dürfen, etwa 0,01. Der Schwellenwert jedes Paars von Daten wird dann aus den Abständen derjenigen seiner Pixel genommen, die unverändert scheinen, für seinen eigenen Teil des Anteils.</translation>
        </message>
        <message>
            <source>Share of unchanged pixels that may be called changed, such as 0.01. The threshold is then taken from the distances of those pixels of the pair that seem unchanged.</source>
            <translation>Anteil der unveränderten Pixel, der als verändert gelten darf, etwa 0.01. Die Schwelle folgt dann aus den Abständen der Pixel des Paares, die unverändert scheinen.</translation>
        </message>
        <message>
            <source>Share told nothing</source>
            <translation>Anteil ohne Angabe</translation>
        </message>
        <message>
            <source>Shift of noise levels</source>
            <translation>Verschiebung der Rauschstufen</translation>
        </message>
        <message>
            <source>Show the network its last estimate too (Chen et al. 2022); slower in training by a quarter.</source>
            <translation>Dem Netz auch seine letzte Schätzung zeigen (Chen et al. 2022); im Training um ein Viertel langsamer.</translation>
        </message>
        <message>
            <source>Side of a tile from SOURCE; a model has its own.</source>
            <translation>Seitenlänge einer Kachel aus SOURCE; ein Modell hat seine eigene.</translation>
        </message>
        <message>
            <source>Side of a training tile.</source>
            <translation>Seitenlänge einer Trainingskachel.</translation>
        </message>
        <message>
            <source>Side of the blocks that the interval is drawn from; larger than the objects.</source>
            <translation>Seitenlänge der Blöcke, aus denen das Intervall gezogen wird; größer als die Objekte.</translation>
        </message>
        <message>
            <source>Side of the squares of a raster that are kept for validation as a whole. Trainings with tiles of other sizes compare where this is the same: twice the largest of them.</source>
            <translation>Seite der Quadrate eines Rasters, die als Ganzes zur Prüfung zurückbehalten werden. Trainings mit Kacheln anderer Größen sind vergleichbar, wenn sie gleich ist: das Doppelte der größten.</translation>
        </message>
        <message>
            <source>Side of the tiles that are compared.</source>
            <translation>Seitenlänge der Kacheln, die verglichen werden.</translation>
        </message>
        <message>
            <source>Sigmas, noise over signal, at which features are read, such as 0.079,0.159,0.701. A detector has its own.</source>
            <translation>Sigmas, Rauschen durch Signal, bei denen Merkmale gelesen werden, etwa 0.079,0.159,0.701. Ein Detektor hat seine eigenen.</translation>
        </message>
        <message>
            <source>Sigmas, noise over signal, at which the model reads the dates, such as 0.079,0.159,0.701. Each costs a pass of the network over both dates.</source>
            <translation>Sigma, Rauschen zu Signal, bei dem das Modell die Zeitpunkte liest, etwa 0.079,0.159,0.701. Jedes kostet einen Durchgang des Netzes durch beide Zeitpunkte.</translation>
        </message>
        <message>
            <source>Single bands</source>
            <translation>Einzelne Kanäle</translation>
        </message>
        <message>
            <source>Size of a pixel in units of the CRS, one for all bands.</source>
            <translation>Größe eines Pixels in Einheiten des KBS, eine für alle Kanäle.</translation>
        </message>
        <message>
            <source>Size of a pixel in units of the CRS.</source>
            <translation>Größe eines Pixels in Einheiten des KBS.</translation>
        </message>
        <message>
            <source>Sizes in px of the levels with self-attention, such as 8,16; 0 for none.</source>
            <translation>Größen in px der Stufen mit Self-Attention, etwa 8,16; 0 für keine.</translation>
        </message>
        <message>
            <source>Smaller patches of change are dropped.</source>
            <translation>Kleinere veränderte Flecken fallen weg.</translation>
        </message>
        <message>
            <source>Smallest change</source>
            <translation>Kleinste Veränderung</translation>
        </message>
        <message>
            <source>So many kinds of change are found by clustering how bands changed, instead of by rules.</source>
            <translation>So viele Arten der Veränderung werden durch Cluster dessen gefunden, wie die Kanäle sich verändert haben, statt durch Regeln.</translation>
        </message>
        <message>
            <source>So many rasters that could be, each as likely as the others, go to DRAWS_FOLDER.</source>
            <translation>So viele mögliche Raster, jedes so wahrscheinlich wie die anderen, gehen nach DRAWS_FOLDER.</translation>
        </message>
        <message>
            <source>So many tiles are read once, half of them with change, and kept for the whole training: as features, or for the heads topdown and siamese as they are, and altered anew at each step.</source>
            <translation>So viele Kacheln werden einmal gelesen, die Hälfte davon mit Veränderung, und für das ganze Training behalten: als Merkmale oder, für die Köpfe topdown und siamese, wie sie sind und bei jedem Schritt neu abgewandelt.</translation>
        </message>
        <message>
            <source>So many tiles of each kind are taken at most, at random.</source>
            <translation>Höchstens so viele Kacheln jeder Art werden genommen, zufällig.</translation>
        </message>
        <message>
            <source>Source rasters</source>
            <translation>Quellraster</translation>
        </message>
        <message>
            <source>Sources: Bandara et al. 2022 (ddpm-cd); Saharia et al. 2021 (SR3).</source>
            <translation>Quellen: Bandara et al. 2022 (ddpm-cd); Saharia et al. 2021 (SR3).</translation>
        </message>
        <message>
            <source>Sources: Binkowski et al. 2018 (KID).</source>
            <translation>Quellen: Binkowski et al. 2018 (KID).</translation>
        </message>
        <message>
            <source>Sources: Binkowski et al. 2018 (KID); Heusel et al. 2017 (Frechet distance); Kynkaanniemi et al. 2019 (precision, recall); Naeem et al. 2020 (density, coverage); Yoon et al. 2023 (copies).</source>
            <translation>Quellen: Binkowski et al. 2018 (KID); Heusel et al. 2017 (Fréchet-Abstand); Kynkaanniemi et al. 2019 (Präzision, Trefferquote); Naeem et al. 2020 (Dichte, Abdeckung); Yoon et al. 2023 (Kopien).</translation>
        </message>
        <message>
            <source>Sources: Chen et al. 2011 and Zhu et al. 2012 (regression from neighbourhoods of other dates, residuals interpolated); Matheron 1963 (kriging); Wolpert 1992 (weights from what was held out); Mardani et al. 2023 and Meng et al. 2022 (diffusion of what a regression leaves, begun from a fill).</source>
            <translation>Quellen: Chen et al. 2011 und Zhu et al. 2012 (Regression aus Nachbarschaften anderer Zeitpunkte, Residuen interpoliert); Matheron 1963 (Kriging); Wolpert 1992 (Gewichte aus dem Zurückgehaltenen); Mardani et al. 2023 und Meng et al. 2022 (Diffusion dessen, was eine Regression lässt, begonnen bei einer Füllung).</translation>
        </message>
        <message>
            <source>Sources: Gedara Chaminda Bandara et al. 2022 (ddpm-cd); Daudt et al. 2018 (differences in siamese networks); Platt 1999 (calibration).</source>
            <translation>Quellen: Gedara Chaminda Bandara et al. 2022 (ddpm-cd); Daudt et al. 2018 (Differenzen in siamesischen Netzen); Platt 1999 (Eichung).</translation>
        </message>
        <message>
            <source>Sources: Ho et al. 2020 (DDPM); Karras et al. 2022 (EDM); Nichol and Dhariwal 2021 (cosine schedule); Song et al. 2023 (few calls).</source>
            <translation>Quellen: Ho et al. 2020 (DDPM); Karras et al. 2022 (EDM); Nichol und Dhariwal 2021 (Kosinusplan); Song et al. 2023 (wenige Aufrufe).</translation>
        </message>
        <message>
            <source>Sources: Ho et al. 2020 (ddpm); Song et al. 2021 (ddim); Karras et al. 2022 (heun); Lu et al. 2022 (dpmpp_2m); Song et al. 2023 (consistency); Ho and Salimans 2022 (guidance scale); Kamb and Ganguli 2024, Lefebvre and Hoppe 2006 (source rasters).</source>
            <translation>Quellen: Ho et al. 2020 (ddpm); Song et al. 2021 (ddim); Karras et al. 2022 (heun); Lu et al. 2022 (dpmpp_2m); Song et al. 2023 (consistency); Ho und Salimans 2022 (Stärke der Führung); Kamb und Ganguli 2024, Lefebvre und Hoppe 2006 (Quellraster).</translation>
        </message>
        <message>
            <source>Sources: Nielsen 2007 (irmad); Malila 1980 (cva); Gedara Chaminda Bandara et al. 2022 (features of diffusion models).</source>
            <translation>Quellen: Nielsen 2007 (irmad); Malila 1980 (cva); Gedara Chaminda Bandara et al. 2022 (Merkmale von Diffusionsmodellen).</translation>
        </message>
        <message>
            <source>Sources: Nielsen 2007 (irmad); Malila 1980 (cva); Sidak 1967 (thresholds for several tests).</source>
            <translation>Quellen: Nielsen 2007 (irmad); Malila 1980 (cva); Šidák 1967 (Schwellenwerte für mehrere Tests).</translation>
        </message>
        <message>
            <source>Split by kind</source>
            <translation>Nach Arten teilen</translation>
        </message>
        <message>
            <source>Spread</source>
            <translation>Streuung</translation>
        </message>
        <message>
            <source>Stack scene</source>
            <translation>Szene stapeln</translation>
        </message>
        <message>
            <source>Stacked scene</source>
            <translation>Gestapelte Szene</translation>
        </message>
        <message>
            <source>Standard deviation of the score over noise draws; takes four draws where one is asked for.</source>
            <translation>Standardabweichung des Wertes über Rauschziehungen; nimmt vier Ziehungen, wo eine verlangt ist.</translation>
        </message>
        <message>
            <source>Start from model</source>
            <translation>Von einem Modell ausgehen</translation>
        </message>
        <message>
            <source>Start with the preset small, or tiny for a first look in minutes, and leave the rest as it is. Give either a length in tiles or in minutes. Cancel saves the model as far as it got; with an experiment folder, the same settings go on later where they stopped.</source>
            <translation>Beginnen Sie mit der Voreinstellung small, oder mit tiny für einen ersten Blick nach Minuten, und lassen Sie den Rest, wie er ist. Geben Sie die Länge in Kacheln oder in Minuten an. Abbrechen speichert das Modell, so weit es kam; mit einem Experimentordner machen dieselben Einstellungen später dort weiter, wo sie aufgehört haben.</translation>
        </message>
        <message>
            <source>Statistics of the polygons</source>
            <translation>Statistik der Polygone</translation>
        </message>
        <message>
            <source>Step size of the optimizer.</source>
            <translation>Schrittweite des Optimierers.</translation>
        </message>
        <message>
            <source>Step size of the optimizer; HEAD linear takes eight times as much, topdown and siamese two thirds.</source>
            <translation>Schrittweite des Optimierers; HEAD linear nimmt das Achtfache, topdown und siamese zwei Drittel.</translation>
        </message>
        <message>
            <source>Steps</source>
            <translation>Schritte</translation>
        </message>
        <message>
            <source>Steps of the schedule</source>
            <translation>Schritte des Plans</translation>
        </message>
        <message>
            <source>Stop a setting after so many tiles, where that comes before its minutes.</source>
            <translation>Eine Einstellung nach so vielen Kacheln beenden, wo das vor ihren Minuten kommt.</translation>
        </message>
        <message>
            <source>Stop after each head has seen so many tiles.</source>
            <translation>Aufhören, wenn jeder Kopf so viele Kacheln gesehen hat.</translation>
        </message>
        <message>
            <source>Stop after so many minutes of training; reading and features come before.</source>
            <translation>Nach so vielen Minuten Training aufhören; Lesen und Merkmale kommen vorher.</translation>
        </message>
        <message>
            <source>Stop after so many tiles were seen.</source>
            <translation>Aufhören, wenn so viele Kacheln gesehen wurden.</translation>
        </message>
        <message>
            <source>Stop after so much time.</source>
            <translation>Nach so viel Zeit aufhören.</translation>
        </message>
        <message>
            <source>Stop early</source>
            <translation>Früh aufhören</translation>
        </message>
        <message>
            <source>Stop where the validation loss has not fallen for so many tiles, and take the weights of its lowest. It is measured four times in that span.</source>
            <translation>Aufhören, wo der Prüfverlust über so viele Kacheln nicht gesunken ist, und die Gewichte seines Tiefsts nehmen. In dieser Spanne wird er viermal gemessen.</translation>
        </message>
        <message>
            <source>Stratum near change</source>
            <translation>Schicht um die Änderungen</translation>
        </message>
        <message>
            <source>Strength of noise that is constant over a tile and band, in parts of the noise.</source>
            <translation>Stärke des Rauschens, das über Kachel und Kanal gleich ist, in Teilen des Rauschens.</translation>
        </message>
        <message>
            <source>Synthesis</source>
            <translation>Synthese</translation>
        </message>
        <message>
            <source>Synthetic tiles</source>
            <translation>Synthetische Kacheln</translation>
        </message>
        <message>
            <source>Teach the model of INIT_MODEL to draw with 2 calls of its network what it draws with 20 (consistency distillation, Song et al. 2023). Choose the inputs that it was trained on.</source>
            <translation>Das Modell aus INIT_MODEL lehren, mit 2 Aufrufen seines Netzes zu zeichnen, was es mit 20 zeichnet (Konsistenz-Destillation, Song et al. 2023). Die Eingaben wählen, mit denen es trainiert wurde.</translation>
        </message>
        <message>
            <source>Tells how well synthetic tiles match real ones: whether they look alike, whether they are as varied, and whether they are copies of the training imagery. It works for any bands and downloads nothing: a small network learns on the real tiles at hand, in about a minute, what sets tiles apart.</source>
            <translation>Sagt, wie gut synthetische Kacheln zu echten passen: ob sie gleich aussehen, ob sie ebenso vielfältig sind, und ob sie Kopien der Trainingsbilder sind. Es geht mit beliebigen Kanälen und lädt nichts herunter: Ein kleines Netz lernt an den vorhandenen echten Kacheln in etwa einer Minute, was Kacheln unterscheidet.</translation>
        </message>
        <message>
            <source>Template raster</source>
            <translation>Vorlageraster</translation>
        </message>
        <message>
            <source>The Python to check.</source>
            <translation>Das Python, das geprüft wird.</translation>
        </message>
        <message>
            <source>The algorithms of DDPM need a Python environment of their own, outside QGIS's.</source>
            <translation>Die Algorithmen von DDPM brauchen eine eigene Python-Umgebung, außerhalb der von QGIS.</translation>
        </message>
        <message>
            <source>The date of each raster, in the order of the rasters, such as 1985-07-12,1990-08-01. A year or a month alone means its first day.</source>
            <translation>Das Datum jedes Rasters, in der Reihenfolge der Raster, etwa 1985-07-12,1990-08-01. Ein Jahr oder ein Monat allein meint den ersten Tag.</translation>
        </message>
        <message>
            <source>The diffusion model whose features are read: a file, or the name of a file in the models folder.</source>
            <translation>Das Diffusionsmodell, dessen Merkmale gelesen werden: eine Datei, oder der Name einer Datei im Modellordner.</translation>
        </message>
        <message>
            <source>The environment goes to {}; torch is the build for {}: {}.</source>
            <translation>Die Umgebung kommt nach {}; torch ist die Ausgabe für {}: {}.</translation>
        </message>
        <message>
            <source>The environment in this user's standard folder is found by itself. One in another folder has to be named in Settings &gt; Options &gt; Processing &gt; Providers &gt; DDPM.</source>
            <translation>Die Umgebung im Standardordner dieses Benutzers wird von selbst gefunden. Eine in einem anderen Ordner nennen Sie unter Einstellungen &gt; Optionen &gt; Verarbeitung &gt; Datenanbieter &gt; DDPM.</translation>
        </message>
        <message>
            <source>The environment is made from Python {} at {}.</source>
            <translation>Die Umgebung wird aus Python {} in {} gemacht.</translation>
        </message>
        <message>
            <source>The environment was made, but cannot run jobs: {}</source>
            <translation>Die Umgebung wurde gemacht, kann aber keine Aufträge ausführen: {}</translation>
        </message>
        <message>
            <source>The environment {}</source>
            <translation>Die Umgebung {}</translation>
        </message>
        <message>
            <source>The features of {} cannot be written: {}.</source>
            <translation>Die Objekte von {} können nicht geschrieben werden: {}.</translation>
        </message>
        <message>
            <source>The field of polygons in CONDITION that says their class.</source>
            <translation>Das Feld der Polygone in CONDITION, das ihre Klasse sagt.</translation>
        </message>
        <message>
            <source>The format onnx needs the Python package onnx in the worker's environment; the log says how to install it.</source>
            <translation>Das Format onnx braucht das Python-Paket onnx in der Umgebung des Arbeitsprozesses; das Protokoll sagt, wie man es installiert.</translation>
        </message>
        <message>
            <source>The grid is a text file, such as one with the two lines</source>
            <translation>Das Raster der Einstellungen ist eine Textdatei, etwa mit den zwei Zeilen</translation>
        </message>
        <message>
            <source>The heavy work runs in a Python of its own, never in QGIS's. 'Set up environment' makes one. To use another, name it in Settings &gt; Options &gt; Processing &gt; Providers &gt; DDPM, or in the environment variable QGIS_DDPM_PYTHON: a Python 3.10 or newer with torch, numpy, rasterio, safetensors and pyyaml. Nothing is installed or downloaded by this algorithm.</source>
            <translation>Die schwere Arbeit läuft in einem eigenen Python, nie in dem von QGIS. „Umgebung einrichten“ macht eines. Um ein anderes zu benutzen, nennen Sie es unter Einstellungen &gt; Optionen &gt; Verarbeitung &gt; Datenanbieter &gt; DDPM oder in der Umgebungsvariable QGIS_DDPM_PYTHON: ein Python 3.10 oder neuer mit torch, numpy, rasterio, safetensors und pyyaml. Dieser Algorithmus installiert nichts und lädt nichts herunter.</translation>
        </message>
        <message>
            <source>The images that the model was trained on; with them it is told whether tiles are copies.</source>
            <translation>Die Bilder, mit denen das Modell trainiert wurde; mit ihnen wird gesagt, ob Kacheln Kopien sind.</translation>
        </message>
        <message>
            <source>The interpreter</source>
            <translation>Der Interpreter</translation>
        </message>
        <message>
            <source>The interpreter named in {} cannot run jobs: {}</source>
            <translation>Der Interpreter aus {} kann keine Aufträge ausführen: {}</translation>
        </message>
        <message>
            <source>The interpreter of the environment</source>
            <translation>Der Interpreter der Umgebung</translation>
        </message>
        <message>
            <source>The layer '{}' ({}) has no pixels of its own size. Save it as a GeoTIFF (Export &gt; Save As) and choose that file.</source>
            <translation>Der Layer „{}“ ({}) hat keine Pixel von eigener Größe. Speichern Sie ihn als GeoTIFF (Export &gt; Speichern als) und wählen Sie diese Datei.</translation>
        </message>
        <message>
            <source>The layer '{}' cannot be copied to {} (status {}). Save it as a GeoTIFF.</source>
            <translation>Der Layer „{}“ kann nicht nach {} kopiert werden (Status {}). Speichern Sie ihn als GeoTIFF.</translation>
        </message>
        <message>
            <source>The layer '{}' has additional no data values beyond one for all bands. Save it as a GeoTIFF (Export &gt; Save As) and choose that file.</source>
            <translation>Der Layer „{}“ hat zusätzliche Nodata-Werte über einen für alle Kanäle hinaus. Speichern Sie ihn als GeoTIFF (Export &gt; Speichern als) und wählen Sie diese Datei.</translation>
        </message>
        <message>
            <source>The layer '{}' has no points. Choose a layer that has some.</source>
            <translation>Der Layer „{}“ hat keine Punkte. Wählen Sie einen Layer, der welche hat.</translation>
        </message>
        <message>
            <source>The layer '{}' has no polygons. Choose a layer that has some.</source>
            <translation>Der Layer „{}“ hat keine Polygone. Wählen Sie einen, der welche hat.</translation>
        </message>
        <message>
            <source>The layout tiles puts separate tiles side by side. The layout seamless fills an area of any size without borders between tiles; it needs free disk rather than memory.</source>
            <translation>Die Anordnung tiles legt einzelne Kacheln nebeneinander. Die Anordnung seamless füllt eine Fläche beliebiger Größe ohne Ränder zwischen Kacheln; sie braucht eher freie Platte als Speicher.</translation>
        </message>
        <message>
            <source>The learning rate grows linearly over the first tiles.</source>
            <translation>Die Lernrate wächst über die ersten Kacheln gleichmäßig an.</translation>
        </message>
        <message>
            <source>The map of errors shows where changes were found, missed or made up. All figures come back as outputs, so that a model can go on with them.</source>
            <translation>Die Fehlerkarte zeigt, wo Veränderungen gefunden, übersehen oder erfunden wurden. Alle Zahlen kommen als Ausgaben zurück, damit ein Modell mit ihnen weiterarbeiten kann.</translation>
        </message>
        <message>
            <source>The mask is 1 for fill, dilated cloud, cirrus, cloud and cloud shadow of QA_PIXEL; for cloud, and cloud shadow and cirrus of high confidence, of BQA; for classes 0, 1, 3, 8, 9 and 10 of SCL; and for opaque cloud and cirrus of the mask of level 1C (since baseline 04.00). Where pixels get larger, one that holds any such pixel is hidden.</source>
            <translation>Die Maske ist 1 für Füllwert, erweiterte Wolke, Zirrus, Wolke und Wolkenschatten von QA_PIXEL; für Wolke sowie Wolkenschatten und Zirrus hoher Sicherheit von BQA; für die Klassen 0, 1, 3, 8, 9 und 10 von SCL; und für dichte Wolke und Zirrus der Maske von Level 1C (seit Baseline 04.00). Wo Pixel größer werden, ist einer verdeckt, der irgendeinen solchen Pixel enthält.</translation>
        </message>
        <message>
            <source>The model {} has {} bands ({}), but '{}' gives {}. Choose bands that correspond, or another model.</source>
            <translation>Das Modell {} hat {} Kanäle ({}), aber „{}“ hat {}. Wählen Sie entsprechende Kanäle oder ein anderes Modell.</translation>
        </message>
        <message>
            <source>The models folder</source>
            <translation>Der Modellordner</translation>
        </message>
        <message>
            <source>The more dates, the more chances for a false alarm. So the threshold of each pair of dates is set such that the share of unchanged pixels that are called changed at least once in the whole series is as wanted, not the share of each pair.</source>
            <translation>Je mehr Daten, desto mehr Gelegenheiten für einen Fehlalarm. Darum wird der Schwellenwert jedes Paars von Daten so gesetzt, dass der Anteil unveränderter Pixel, die in der ganzen Reihe mindestens einmal verändert heißen, so ist wie gewünscht, nicht der Anteil jedes Paars.</translation>
        </message>
        <message>
            <source>The pip of the new environment does not answer: {}</source>
            <translation>Das pip der neuen Umgebung antwortet nicht: {}</translation>
        </message>
        <message>
            <source>The place has no build for this Python and system: give another INDEX_URL, TORCH_INDEX_URL or WHEELS.</source>
            <translation>Dort gibt es keine Ausgabe für dieses Python und System: Geben Sie ein anderes INDEX_URL, TORCH_INDEX_URL oder WHEELS an.</translation>
        </message>
        <message>
            <source>The polygons have a start and an end, and QGIS's temporal controller plays them: open it (View &gt; Panels &gt; Temporal Controller) and press play. To see the images change with them, give each raster a fixed time range in its layer properties.</source>
            <translation>Die Polygone haben Anfang und Ende, und die Zeitsteuerung von QGIS spielt sie ab: Öffnen Sie sie (Ansicht &gt; Bedienfelder &gt; Zeitsteuerung) und drücken Sie auf Abspielen. Damit die Bilder mit ihnen wechseln, geben Sie jedem Raster in seinen Layereigenschaften einen festen Zeitbereich.</translation>
        </message>
        <message>
            <source>The publisher's JSON that comes with the checkpoint, or with the change head where one is given.</source>
            <translation>Das JSON des Herausgebers, das zum Checkpoint gehört, oder zum Veränderungskopf, wo einer angegeben ist.</translation>
        </message>
        <message>
            <source>The raster with its gaps filled. Known pixels are equal to the bit. A run that was cancelled leaves what it filled beside it, in a file of this name and .part; the same run started again goes on from there.</source>
            <translation>Das Raster mit gefüllten Lücken. Bekannte Pixel sind auf das Bit gleich. Ein abgebrochener Lauf lässt daneben, was er gefüllt hat, in einer Datei dieses Namens mit .part; derselbe Lauf, neu gestartet, macht dort weiter.</translation>
        </message>
        <message>
            <source>The rasters that the model was trained on; with them it is told whether tiles are copies.</source>
            <translation>Die Raster, mit denen das Modell trainiert wurde; mit ihnen wird gesagt, ob Kacheln Kopien sind.</translation>
        </message>
        <message>
            <source>The reference is a raster or a polygon layer. Where only some places are known, give the unchanged ones as a second reference: then only pixels in either of the two count. Rasters on another grid or in another CRS are brought onto the grid of the change map.</source>
            <translation>Die Referenz ist ein Raster oder ein Polygonlayer. Wo nur einige Orte bekannt sind, geben Sie die unveränderten als zweite Referenz an: Dann zählen nur Pixel in einer der beiden. Raster auf einem anderen Gitter oder in einem anderen KBS werden auf das Gitter der Veränderungskarte gebracht.</translation>
        </message>
        <message>
            <source>The report has a row for each setting: the validation loss, KID between sampled tiles and real ones that were kept apart (0 is best, and the page says what other real tiles get), seconds for a sampled tile, and tiles drawn by it. Choose by KID where you want tiles, by the validation loss where you want features for change detection. Differences of one run are small print: let `seed: [0, 1, 2]` stand in the grid to see how much chance alone does.</source>
            <translation>Der Bericht hat eine Zeile je Einstellung: den Prüfverlust, den KID zwischen gezogenen Kacheln und zurückbehaltenen echten (0 ist am besten, und die Seite sagt, was andere echte Kacheln erreichen), die Sekunden für eine gezogene Kachel, und Kacheln, die sie gezogen hat. Wählen Sie nach dem KID, wo Sie Kacheln wollen, nach dem Prüfverlust, wo Sie Merkmale für die Veränderungserkennung wollen. Unterschiede eines einzigen Laufs sind Kleingedrucktes: Nehmen Sie `seed: [0, 1, 2]` auf, um zu sehen, wie viel der Zufall allein ausmacht.</translation>
        </message>
        <message>
            <source>The same seed gives the same result.</source>
            <translation>Derselbe Startwert gibt dasselbe Ergebnis.</translation>
        </message>
        <message>
            <source>The style {} could not be written: {}.</source>
            <translation>Der Stil {} konnte nicht geschrieben werden: {}.</translation>
        </message>
        <message>
            <source>The style {} was not made here for {}, or was changed since, and is left as it is.</source>
            <translation>Der Stil {} wurde nicht hier für {} gemacht oder seither geändert und bleibt, wie er ist.</translation>
        </message>
        <message>
            <source>The training rasters differ in their number of bands: {}. Name common BANDS.</source>
            <translation>Die Trainingsraster haben verschieden viele Kanäle: {}. Nennen Sie gemeinsame in BANDS.</translation>
        </message>
        <message>
            <source>The worker's file {} for {} cannot be read. Please report it.</source>
            <translation>Die Datei {} des Arbeitsprozesses für {} kann nicht gelesen werden. Bitte melden Sie es.</translation>
        </message>
        <message>
            <source>There is no pip; uv takes its place, with its own configuration and not pip's.</source>
            <translation>Es gibt kein pip; uv tritt an seine Stelle, mit seinen eigenen Einstellungen und nicht denen von pip.</translation>
        </message>
        <message>
            <source>This is the only algorithm that downloads models, and only when you run it with an address. Nothing in a model file is ever executed.</source>
            <translation>Dies ist der einzige Algorithmus, der Modelle herunterlädt, und nur, wenn Sie ihn mit einer Adresse ausführen. Nichts in einer Modelldatei wird je ausgeführt.</translation>
        </message>
        <message>
            <source>This will take about {}.</source>
            <translation>Das wird etwa {} dauern.</translation>
        </message>
        <message>
            <source>Three methods need no training labels. irmad (iteratively reweighted multivariate alteration detection) finds unusual differences of multispectral bands and is not misled by haze, season or calibration; it wants the same bands at both dates. cva is the length of the change vector, the simplest of all. features compares what a diffusion model sees at both dates. Measured on many scenes, features without labels are no better than irmad whose distances are smoothed as much, nor than those of a model with random weights: auto takes irmad.</source>
            <translation>Drei Methoden brauchen keine Trainingsbeispiele. irmad (iterativ neu gewichtete multivariate Veränderungserkennung) findet ungewöhnliche Unterschiede multispektraler Kanäle und lässt sich von Dunst, Jahreszeit oder Kalibrierung nicht täuschen; an beiden Zeitpunkten müssen es dieselben Kanäle sein. cva ist die Länge des Änderungsvektors, die einfachste von allen. features vergleicht, was ein Diffusionsmodell an beiden Zeitpunkten sieht. An vielen Szenen gemessen sind features ohne Beispiele nicht besser als irmad mit ebenso geglätteten Abständen, und auch nicht besser als die eines Modells mit zufälligen Gewichten: auto nimmt irmad.</translation>
        </message>
        <message>
            <source>Three or more rasters of one place, each of another date, in any order. The result lies on the grid of the earliest.</source>
            <translation>Drei oder mehr Raster eines Ortes, jedes von einem anderen Datum, in beliebiger Reihenfolge. Das Ergebnis liegt auf dem Gitter des frühesten.</translation>
        </message>
        <message>
            <source>Threshold</source>
            <translation>Schwelle</translation>
        </message>
        <message>
            <source>Threshold used</source>
            <translation>Benutzte Schwelle</translation>
        </message>
        <message>
            <source>Tile size</source>
            <translation>Kachelgröße</translation>
        </message>
        <message>
            <source>Tiles after which the early state is taken that samples are led away from.</source>
            <translation>Zahl der Kacheln, nach denen der frühe Stand genommen wird, von dem Kacheln weggeführt werden.</translation>
        </message>
        <message>
            <source>Tiles are cut at random places where all bands are valid. Each band is scaled by its own range, which the model file keeps, so 8-bit, 16-bit and floating point rasters need no preparation.</source>
            <translation>Kacheln werden an zufälligen Orten geschnitten, wo alle Kanäle gültig sind. Jeder Kanal wird nach seinem eigenen Wertebereich skaliert, den die Modelldatei behält; Raster mit 8 Bit, 16 Bit oder Gleitkommazahlen brauchen also keine Vorbereitung.</translation>
        </message>
        <message>
            <source>Tiles for each step of the optimizer.</source>
            <translation>Kacheln je Schritt des Optimierers.</translation>
        </message>
        <message>
            <source>Tiles in one call of the network.</source>
            <translation>Kacheln in einem Aufruf des Netzes.</translation>
        </message>
        <message>
            <source>Tiles in one step of the optimizer.</source>
            <translation>Kacheln in einem Schritt des Optimierers.</translation>
        </message>
        <message>
            <source>Tiles per second</source>
            <translation>Kacheln je Sekunde</translation>
        </message>
        <message>
            <source>Tiles sampled for each setting</source>
            <translation>Gezogene Kacheln je Einstellung</translation>
        </message>
        <message>
            <source>Tiles seen in training</source>
            <translation>Im Training gesehene Kacheln</translation>
        </message>
        <message>
            <source>Tiles that are kept</source>
            <translation>Behaltene Kacheln</translation>
        </message>
        <message>
            <source>To be able to ask for something later, give condition rasters: one for each training raster, on any grid, such as land cover, elevation, another date or sensor, or a coarser version of it. Pictures in subfolders are labelled by the folders' names (kind of condition: folders). Now and then tiles are told nothing, so that the model can also draw unasked.</source>
            <translation>Um später etwas verlangen zu können, geben Sie Raster der Bedingung an: eines für jedes Trainingsraster, auf beliebigem Gitter, etwa Landbedeckung, Höhe, ein anderes Datum oder ein anderer Sensor oder eine gröbere Fassung. Bilder in Unterordnern sind durch deren Namen beschriftet (Art der Bedingung: folders). Ab und zu wird von Kacheln nichts gesagt, damit das Modell auch unverlangt ziehen kann.</translation>
        </message>
        <message>
            <source>To find the threshold, switch the layer of the change probability to its style 'Change from a threshold' (right click &gt; Styles) and change the first value in the Layer Styling panel: the map follows at once.</source>
            <translation>Um die Schwelle zu finden, schalten Sie den Layer der Veränderungswahrscheinlichkeit auf seinen Stil „Veränderung ab einer Schwelle“ um (Rechtsklick &gt; Stile) und ändern Sie den ersten Wert im Bedienfeld Layergestaltung: Die Karte folgt sofort.</translation>
        </message>
        <message>
            <source>To fine-tune, name a model under Start from model: a shipped one, one of yours, or an imported one. Its network is taken over, with the weights of each band by the band's name; new bands start at 0. Scaling is measured anew on your data. A lower learning rate than the preset's, such as a third, keeps more of what it knows.</source>
            <translation>Zum Nachtrainieren nennen Sie ein Modell unter „Von einem Modell ausgehen“: ein mitgeliefertes, ein eigenes oder ein importiertes. Sein Netz wird übernommen, die Gewichte jedes Kanals nach dessen Namen; neue Kanäle beginnen bei 0. Die Skalierung wird an Ihren Daten neu gemessen. Eine niedrigere Lernrate als die der Voreinstellung, etwa ein Drittel, bewahrt mehr von dem, was es kann.</translation>
        </message>
        <message>
            <source>To sample ten times as fast, tune a finished model for few calls: name it under Start from model, choose the inputs it was trained on, and tick Tune for few calls. Sampling then takes two calls of the network where it took twenty.</source>
            <translation>Um zehnmal so schnell zu ziehen, ein fertiges Modell auf wenige Aufrufe abstimmen: es unter Von einem Modell ausgehen nennen, die Eingaben wählen, mit denen es trainiert wurde, und Auf wenige Aufrufe abstimmen ankreuzen. Das Ziehen braucht dann zwei Aufrufe des Netzes statt zwanzig.</translation>
        </message>
        <message>
            <source>To use it, name {} in Settings &gt; Options &gt; Processing &gt; Providers &gt; DDPM.</source>
            <translation>Um sie zu benutzen, nennen Sie {} unter Einstellungen &gt; Optionen &gt; Verarbeitung &gt; Datenanbieter &gt; DDPM.</translation>
        </message>
        <message>
            <source>Train a change detector on pairs of dates with labels: a head on the features of a diffusion model.</source>
            <translation>Einen Veränderungsdetektor mit beschrifteten Paaren zweier Zeitpunkte trainieren: ein Kopf auf den Merkmalen eines Diffusionsmodells.</translation>
        </message>
        <message>
            <source>Train a denoising diffusion model on rasters or on a folder of images.</source>
            <translation>Ein entrauschendes Diffusionsmodell mit Rastern oder mit einem Ordner von Bildern trainieren.</translation>
        </message>
        <message>
            <source>Train change detector</source>
            <translation>Veränderungsdetektor trainieren</translation>
        </message>
        <message>
            <source>Train diffusion model</source>
            <translation>Diffusionsmodell trainieren</translation>
        </message>
        <message>
            <source>Train on only so many images of the folder, drawn by SEED and as many from each folder in it as from the others; fewer are among more. Those kept for validation do not count, and do not depend on it.</source>
            <translation>Nur mit so vielen Bildern des Ordners trainieren, nach SEED gezogen und aus jedem Unterordner gleich viele; wenigere sind unter mehreren enthalten. Die zur Prüfung zurückbehaltenen zählen nicht mit und hängen nicht davon ab.</translation>
        </message>
        <message>
            <source>Train with every setting of a grid for equal minutes, and compare what comes out.</source>
            <translation>Mit jeder Einstellung eines Rasters gleich viele Minuten trainieren, und vergleichen, was herauskommt.</translation>
        </message>
        <message>
            <source>Train, detect and assess</source>
            <translation>Trainieren, erkennen und bewerten</translation>
        </message>
        <message>
            <source>Trained detector</source>
            <translation>Trainierter Detektor</translation>
        </message>
        <message>
            <source>Trained model</source>
            <translation>Trainiertes Modell</translation>
        </message>
        <message>
            <source>Training loss at the end</source>
            <translation>Trainingsverlust am Ende</translation>
        </message>
        <message>
            <source>Training rasters</source>
            <translation>Trainingsraster</translation>
        </message>
        <message>
            <source>Training report</source>
            <translation>Trainingsbericht</translation>
        </message>
        <message>
            <source>Trains a denoising diffusion model on your own imagery: rasters of any number of bands and any data type, or a folder of pictures. The network learns to take noise out of tiles. What it has learned serves two other algorithms: 'Sample synthetic tiles' and 'Detect changes' (method features).</source>
            <translation>Trainiert ein entrauschendes Diffusionsmodell mit Ihren eigenen Bildern: mit Rastern beliebig vieler Kanäle und beliebiger Datentypen, oder mit einem Ordner von Bildern. Das Netz lernt, Rauschen aus Kacheln zu nehmen. Was es gelernt hat, dient zwei anderen Algorithmen: „Synthetische Kacheln ziehen“ und „Veränderungen erkennen“ (Verfahren features).</translation>
        </message>
        <message>
            <source>Trains one model for each combination of the settings in a grid, each for the same minutes, and compares them: which noise schedule, prediction, learning rate or network makes most of your imagery in the time you have.</source>
            <translation>Trainiert für jede Kombination der Einstellungen ein Modell, jedes gleich viele Minuten, und vergleicht sie: welcher Rauschplan, welche Vorhersage, Lernrate oder welches Netz in der Zeit, die Sie haben, aus Ihren Bildern am meisten macht.</translation>
        </message>
        <message>
            <source>Try the interpreter of the worker: versions, devices, memory, a tensor on each device and a GeoTIFF.</source>
            <translation>Den Interpreter des Arbeitsprozesses erproben: Versionen, Geräte, Speicher, ein Tensor auf jedem Gerät und ein GeoTIFF.</translation>
        </message>
        <message>
            <source>Tune for few calls</source>
            <translation>Auf wenige Aufrufe abstimmen</translation>
        </message>
        <message>
            <source>Tune the network</source>
            <translation>Netz mitlernen lassen</translation>
        </message>
        <message>
            <source>Uncertainty</source>
            <translation>Unsicherheit</translation>
        </message>
        <message>
            <source>Unchanged</source>
            <translation>Unverändert</translation>
        </message>
        <message>
            <source>Unchanged in both</source>
            <translation>In beiden unverändert</translation>
        </message>
        <message>
            <source>Unchanged pixels within so many pixels of mapped change are a stratum of their own in SAMPLE: most of what a map misses lies there. 0: no such stratum.</source>
            <translation>Unveränderte Pixel bis zu so vielen Pixeln um kartierte Änderung sind in SAMPLE eine eigene Schicht: Dort liegt das meiste, was einer Karte entgeht. 0: keine solche Schicht.</translation>
        </message>
        <message>
            <source>Unchanged until</source>
            <translation>Unverändert bis</translation>
        </message>
        <message>
            <source>Unsure</source>
            <translation>Unsicher</translation>
        </message>
        <message>
            <source>Upper end of the 95 % interval of F1</source>
            <translation>Oberes Ende des 95-%-Intervalls von F1</translation>
        </message>
        <message>
            <source>Upper end of the 95 % interval of that area</source>
            <translation>Oberes Ende des 95-%-Intervalls dieser Fläche</translation>
        </message>
        <message>
            <source>Used by the layout tiles.</source>
            <translation>Gilt für die Anordnung tiles.</translation>
        </message>
        <message>
            <source>Valid area in square metres</source>
            <translation>Gültige Fläche in Quadratmetern</translation>
        </message>
        <message>
            <source>Validation loss at the end</source>
            <translation>Prüfverlust am Ende</translation>
        </message>
        <message>
            <source>Values that are no data in any raster of the job, besides what the files say, such as 0,-9999. For fills that files do not declare.</source>
            <translation>Werte, die in keinem Raster des Auftrags Daten sind, zusätzlich zu den Angaben der Dateien, etwa 0,-9999. Für Füllwerte, die Dateien nicht angeben.</translation>
        </message>
        <message>
            <source>Variance added in the first step; cosine, jsd, sigmoid and edm do not use it.</source>
            <translation>Im ersten Schritt zugefügte Varianz; cosine, jsd, sigmoid und edm brauchen sie nicht.</translation>
        </message>
        <message>
            <source>Variance added in the last step; cosine, jsd, sigmoid and edm do not use it.</source>
            <translation>Im letzten Schritt zugefügte Varianz; cosine, jsd, sigmoid und edm brauchen sie nicht.</translation>
        </message>
        <message>
            <source>Version of torch</source>
            <translation>Version von torch</translation>
        </message>
        <message>
            <source>WHEELS: {} is no folder. Name the folder that holds the .whl files.</source>
            <translation>WHEELS: {} ist kein Ordner. Nennen Sie den Ordner, in dem die .whl-Dateien liegen.</translation>
        </message>
        <message>
            <source>Warm-up</source>
            <translation>Anlauf</translation>
        </message>
        <message>
            <source>Water gained</source>
            <translation>Neues Wasser</translation>
        </message>
        <message>
            <source>Water lost</source>
            <translation>Verschwundenes Wasser</translation>
        </message>
        <message>
            <source>What a processor can give: in ten minutes, colours and textures of land cover, good enough for change detection and for synthetic land of one kind. Streets, houses and other objects take a GPU, or days. The log says how long the training will take, and what to expect, before it starts.</source>
            <translation>Was ein Prozessor geben kann: in zehn Minuten Farben und Texturen der Landbedeckung, gut genug für die Veränderungserkennung und für synthetisches Land einer Art. Straßen, Häuser und andere Objekte brauchen eine Grafikkarte oder Tage. Das Protokoll sagt, wie lange das Training dauern wird und was zu erwarten ist, bevor es beginnt.</translation>
        </message>
        <message>
            <source>What changed is told, too. Kinds of change come from a table of rules on the NDVI and on an index of water, where names or roles of the bands tell red and near infrared, or from clusters of how bands changed. Haze and season are taken off by what did not change. Polygons are of one kind each, and have for each band NAME_before, NAME_after and NAME_change: means in the numbers of the first raster, to whose brightness the second is matched. The columns of ndvi, ndwi, mndwi and ndbi, from -1 to 1, are the indices of these means. A layer of polygons, such as parcels, is copied with the valid and the changed area, in square metres and hectares, and the shares, 0 to 1, of the valid area that changed at all and in each kind.</source>
            <translation>Auch was sich verändert hat, wird gesagt. Die Arten der Veränderung kommen aus einer Tabelle von Regeln über den NDVI und einen Wasserindex, wo Namen oder Rollen der Kanäle Rot und nahes Infrarot nennen, oder aus Clustern dessen, wie die Kanäle sich verändert haben. Dunst und Jahreszeit werden anhand dessen abgezogen, was sich nicht verändert hat. Jedes Polygon ist von einer Art und hat für jeden Kanal NAME_before, NAME_after und NAME_change: Mittelwerte in den Zahlen des ersten Rasters, an dessen Helligkeit das zweite angepasst ist. Die Spalten von ndvi, ndwi, mndwi und ndbi, von -1 bis 1, sind die Indizes dieser Mittelwerte. Ein Polygonlayer, etwa von Flurstücken, wird kopiert mit der gültigen und der veränderten Fläche, in Quadratmetern und Hektar, und mit den Anteilen, 0 bis 1, der gültigen Fläche, die sich überhaupt und in jeder Art verändert haben.</translation>
        </message>
        <message>
            <source>What each compared band sees, in their order, such as swir1,nir,red,green. Known are blue, green, red, rededge, nir, swir1 and swir2; other for the rest. Indices and kinds of change need them.</source>
            <translation>Was jeder verglichene Kanal sieht, in ihrer Reihenfolge, etwa swir1,nir,red,green. Bekannt sind blue, green, red, rededge, nir, swir1 und swir2; other für den Rest. Indizes und Arten der Veränderung brauchen sie.</translation>
        </message>
        <message>
            <source>What the bands show, such as NIR,red,green, for files that do not say so; the model's samples have them too.</source>
            <translation>Was die Kanäle zeigen, etwa NIR,red,green, für Dateien, die es nicht sagen; auch die Ziehungen des Modells haben diese Namen.</translation>
        </message>
        <message>
            <source>What the mask marks grows by so many pixels, for the seams of clouds.</source>
            <translation>Was die Maske markiert, wächst um so viele Pixel, für die Säume von Wolken.</translation>
        </message>
        <message>
            <source>What the model is told beside the noise, so that it can be asked for: one raster for each training raster, in the same order, on any grid: land cover, elevation, another date or sensor, a coarser version of it. folders: the names of the subfolders of FOLDER, or the label files of MNIST.</source>
            <translation>Was dem Modell neben dem Rauschen gesagt wird, damit es sich verlangen lässt: ein Raster für jedes Trainingsraster, in derselben Reihenfolge, auf beliebigem Gitter: Landbedeckung, Höhe, ein anderes Datum oder ein anderer Sensor, eine gröbere Fassung davon. folders: die Namen der Unterordner von FOLDER, oder die Label-Dateien von MNIST.</translation>
        </message>
        <message>
            <source>What the network predicts: noise, x0 (the image), v, edm (preconditioned by Karras et al. 2022), or wiener (what the best linear estimate leaves, so that few tiles and minutes go further).</source>
            <translation>Was das Netz vorhersagt: noise (das Rauschen), x0 (das Bild), v, edm (vorkonditioniert nach Karras et al. 2022), oder wiener (was die beste lineare Schätzung übrig lässt, sodass wenige Kacheln und Minuten weiter reichen).</translation>
        </message>
        <message>
            <source>Where change is, in the same order: a raster that is nonzero there, or polygons. Nodata of a raster is left out, unless it is 0.</source>
            <translation>Wo Veränderung ist, in derselben Reihenfolge: ein Raster, das dort ungleich null ist, oder Polygone. Nodata eines Rasters bleibt aus, sofern es nicht 0 ist.</translation>
        </message>
        <message>
            <source>Where the network runs: auto, cpu, cuda, cuda:1 or mps. auto takes a GPU where one works.</source>
            <translation>Wo das Netz rechnet: auto, cpu, cuda, cuda:1 oder mps. auto nimmt eine Grafikkarte, wo eine funktioniert.</translation>
        </message>
        <message>
            <source>Where the result lies comes from the template raster, from extent, CRS and pixel size, or, where nothing is given, from the training raster or the first source raster. The same seed at the same place gives the same pixels.</source>
            <translation>Wo das Ergebnis liegt, sagen das Vorlageraster, oder Ausdehnung, KBS und Pixelgröße, oder, wo nichts angegeben ist, das Trainingsraster oder das erste Quellraster. Derselbe Startwert am selben Ort gibt dieselben Pixel.</translation>
        </message>
        <message>
            <source>Whether jobs can run, true or false</source>
            <translation>Ob Aufträge laufen können, true oder false</translation>
        </message>
        <message>
            <source>Which bands, in which order: names as in the product, such as B4 or B8A, or what they see, such as blue,green,red,nir,swir16,swir22, which are the same for all sensors.</source>
            <translation>Welche Kanäle in welcher Reihenfolge: Namen wie im Produkt, etwa B4 oder B8A, oder was sie sehen, etwa blue,green,red,nir,swir16,swir22, die bei allen Sensoren gleich sind.</translation>
        </message>
        <message>
            <source>Whose checkpoint it is; auto tells by the names of the weights.</source>
            <translation>Wessen Checkpoint es ist; auto erkennt es an den Namen der Gewichte.</translation>
        </message>
        <message>
            <source>Windows in one call of the network. It does not change the result.</source>
            <translation>Fenster in einem Aufruf des Netzes. Am Ergebnis ändert es nichts.</translation>
        </message>
        <message>
            <source>With a detector, which 'Train change detector' makes from your own labels or 'Import published checkpoint' from a published change head, changes are found as it has learned them. It brings its model, noise levels and threshold.</source>
            <translation>Mit einem Detektor, den „Veränderungsdetektor trainieren“ aus Ihren eigenen Referenzflächen oder „Veröffentlichten Checkpoint importieren“ aus einem veröffentlichten Veränderungskopf macht, werden Veränderungen so gefunden, wie er es gelernt hat. Er bringt sein Modell, seine Rauschstufen und seine Schwelle mit.</translation>
        </message>
        <message>
            <source>With source rasters in the place of a model, new ground is put together from their small pieces, from coarse to fine, without any training: rivers, fields and streets as they have them, in seconds. The tag SOURCE says what it is made of, the tag LARGEST_PIECE what was taken whole in one place. It is no anonymization: pieces are real. The same job gives the same pixels; another extent is other ground.</source>
            <translation>Mit Quellrastern anstelle eines Modells wird neues Land aus deren kleinen Stücken zusammengesetzt, vom Groben zum Feinen, ganz ohne Training: Flüsse, Felder und Straßen, wie sie sie haben, in Sekunden. Das Tag SOURCE sagt, woraus es besteht, das Tag LARGEST_PIECE, was im Ganzen von einem Ort übernommen wurde. Es ist keine Anonymisierung: Die Stücke sind echt. Derselbe Auftrag gibt dieselben Pixel; eine andere Ausdehnung ist anderes Land.</translation>
        </message>
        <message>
            <source>Without a detector the denoiser is written: x, in [-1, 1] before the noise, and sigma in; the estimate of x out.</source>
            <translation>Ohne Detektor wird der Entrauscher geschrieben: Hinein gehen x, vor dem Rauschen in [-1, 1], und sigma; heraus kommt die Schätzung von x.</translation>
        </message>
        <message>
            <source>Write a model or a change detector for other programs: as an ONNX network, or as a STAC item that tells of it.</source>
            <translation>Ein Modell oder einen Veränderungsdetektor für andere Programme schreiben: als ONNX-Netz, oder als STAC-Item, das davon erzählt.</translation>
        </message>
        <message>
            <source>Write the weights of the model as 16-bit numbers: half the size, and results that differ in the third digit.</source>
            <translation>Die Gewichte des Modells als 16-Bit-Zahlen schreiben: halb so groß, und Ergebnisse, die in der dritten Stelle abweichen.</translation>
        </message>
        <message>
            <source>Writes a change detector or a diffusion model as a file for other programs, which need neither this plugin nor PyTorch.</source>
            <translation>Schreibt einen Veränderungsdetektor oder ein Diffusionsmodell als Datei für andere Programme, die weder dieses Plugin noch PyTorch brauchen.</translation>
        </message>
        <message>
            <source>YAML or JSON file of fields of 'Train diffusion model', each with a list of values, such as `prediction: [edm, wiener]`. Every combination is one setting.</source>
            <translation>YAML- oder JSON-Datei mit Feldern von „Diffusionsmodell trainieren“, jedes mit einer Liste von Werten, etwa `prediction: [edm, wiener]`. Jede Kombination ist eine Einstellung.</translation>
        </message>
        <message>
            <source>YAML or JSON file with fields of this job, or a configuration of the ddpm-cd code; fields set here win.</source>
            <translation>YAML- oder JSON-Datei mit Feldern dieses Auftrags, oder eine Konfiguration des Codes von ddpm-cd; was hier gesetzt ist, geht vor.</translation>
        </message>
        <message>
            <source>YAML or JSON file with fields of this job; fields set here win over it, it wins over the preset.</source>
            <translation>YAML- oder JSON-Datei mit Feldern dieses Auftrags; was hier gesetzt ist, geht ihr vor, sie geht der Voreinstellung vor.</translation>
        </message>
        <message>
            <source>a driver for NVIDIA cards is installed</source>
            <translation>ein Treiber für NVIDIA-Karten ist installiert</translation>
        </message>
        <message>
            <source>a finite number</source>
            <translation>eine endliche Zahl</translation>
        </message>
        <message>
            <source>a folder of this user, where it is found by itself</source>
            <translation>ein Ordner dieses Benutzers, wo sie von selbst gefunden wird</translation>
        </message>
        <message>
            <source>a labelled sample says what changed, or a sample is drawn</source>
            <translation>eine bestimmte Stichprobe sagt, was sich geändert hat, oder es wird eine gezogen</translation>
        </message>
        <message>
            <source>a list of texts</source>
            <translation>eine Liste von Texten</translation>
        </message>
        <message>
            <source>a list of texts, or one text with ';' between them</source>
            <translation>eine Liste von Texten oder ein Text mit ';' dazwischen</translation>
        </message>
        <message>
            <source>a number</source>
            <translation>eine Zahl</translation>
        </message>
        <message>
            <source>a quarter of the tile</source>
            <translation>ein Viertel der Kachel</translation>
        </message>
        <message>
            <source>a text</source>
            <translation>ein Text</translation>
        </message>
        <message>
            <source>a threshold that measured well on many scenes</source>
            <translation>eine Schwelle, die sich an vielen Szenen bewährt hat</translation>
        </message>
        <message>
            <source>a whole number</source>
            <translation>eine ganze Zahl</translation>
        </message>
        <message>
            <source>accuracy,validation,f1,kappa,confusion matrix,iou,precision,recall,change detection</source>
            <translation>Genauigkeit,Validierung,f1,Kappa,Konfusionsmatrix,iou,Präzision,Trefferquote,Veränderungserkennung,accuracy</translation>
        </message>
        <message>
            <source>adding pip</source>
            <translation>pip wird zugefügt</translation>
        </message>
        <message>
            <source>after an eighth of the training</source>
            <translation>nach einem Achtel des Trainings</translation>
        </message>
        <message>
            <source>all bands</source>
            <translation>alle Kanäle</translation>
        </message>
        <message>
            <source>all bands, or as many as the model has</source>
            <translation>alle Kanäle, oder so viele, wie das Modell hat</translation>
        </message>
        <message>
            <source>all bands, or as many as the model has; bands with names are matched by them</source>
            <translation>alle Bänder oder so viele, wie das Modell hat; Bänder mit Namen werden nach diesen zugeordnet</translation>
        </message>
        <message>
            <source>all but 0</source>
            <translation>alles außer 0</translation>
        </message>
        <message>
            <source>all but the panchromatic one</source>
            <translation>alle außer dem panchromatischen</translation>
        </message>
        <message>
            <source>all gaps are filled</source>
            <translation>alle Lücken werden gefüllt</translation>
        </message>
        <message>
            <source>all images</source>
            <translation>alle Bilder</translation>
        </message>
        <message>
            <source>all that another raster covers</source>
            <translation>alles, was ein anderes Raster bedeckt</translation>
        </message>
        <message>
            <source>all that both rasters cover</source>
            <translation>alles, was beide Raster bedecken</translation>
        </message>
        <message>
            <source>all that is not in the reference is unchanged</source>
            <translation>alles, was nicht in der Referenz ist, ist unverändert</translation>
        </message>
        <message>
            <source>as BUILD says</source>
            <translation>wie BUILD es sagt</translation>
        </message>
        <message>
            <source>as for the first date</source>
            <translation>wie beim ersten Zeitpunkt</translation>
        </message>
        <message>
            <source>as many as give the overall accuracy a standard error of 0.01</source>
            <translation>so viele, dass die Gesamtgenauigkeit einen Standardfehler von 0,01 hat</translation>
        </message>
        <message>
            <source>as pip is configured</source>
            <translation>wie pip eingestellt ist</translation>
        </message>
        <message>
            <source>as the files name them</source>
            <translation>wie die Dateien sie nennen</translation>
        </message>
        <message>
            <source>as the files say</source>
            <translation>wie die Dateien angeben</translation>
        </message>
        <message>
            <source>as the model was trained for, from 10 steps on</source>
            <translation>wie das Modell gelernt hat, ab 10 Schritten</translation>
        </message>
        <message>
            <source>as the preset says</source>
            <translation>wie die Voreinstellung es sagt</translation>
        </message>
        <message>
            <source>as the preset says, or MINUTES alone where it is set</source>
            <translation>wie die Voreinstellung es sagt, oder MINUTES allein, wo es gesetzt ist</translation>
        </message>
        <message>
            <source>as the seed of the training</source>
            <translation>wie der Startwert des Trainings</translation>
        </message>
        <message>
            <source>as the synthetic raster says, else the side of the smallest image, at most 64 px</source>
            <translation>wie das synthetische Raster es sagt, sonst die Seite des kleinsten Bildes, höchstens 64 px</translation>
        </message>
        <message>
            <source>auto does both and weighs them: known pixels are held out in gaps of the same shapes, and what is nearer to them counts more. From the same pixels it is known how far off estimates are: SPREAD is the expected error, and nine of ten errors lie within 1.64 times of it. Estimates are smooth; DRAWS are rasters that could be, each as rough as what is known.</source>
            <translation>auto tut beides und gewichtet es: Bekannte Pixel werden in Lücken derselben Formen zurückgehalten, und was ihnen näher kommt, zählt mehr. Von denselben Pixeln weiß man, wie weit Schätzungen danebenliegen: SPREAD ist der erwartete Fehler, und neun von zehn Fehlern liegen innerhalb des 1,64-Fachen. Schätzungen sind glatt; DRAWS sind mögliche Raster, jedes so rau wie das Bekannte.</translation>
        </message>
        <message>
            <source>change detection,diffusion,ddpm,bitemporal,difference,irmad,mad,cva,deforestation,monitoring</source>
            <translation>Veränderungserkennung,Diffusion,ddpm,bitemporal,Differenz,irmad,mad,cva,Entwaldung,Monitoring,change detection</translation>
        </message>
        <message>
            <source>change detection,supervised,labels,training,diffusion,ddpm,siamese,levir-cd,whu-cd,dsifn,buildings</source>
            <translation>Veränderungserkennung,überwacht,Referenzflächen,Training,Diffusion,ddpm,siamesisch,levir-cd,whu-cd,dsifn,Gebäude</translation>
        </message>
        <message>
            <source>change detection,time series,multitemporal,temporal,dates,irmad,cva,deforestation,monitoring,Landsat</source>
            <translation>Veränderungen,Zeitreihe,multitemporal,zeitlich,Datum,irmad,cva,Entwaldung,Überwachung,Landsat</translation>
        </message>
        <message>
            <source>changes are found without labels</source>
            <translation>Veränderungen werden ohne Beschriftungen gefunden</translation>
        </message>
        <message>
            <source>chosen by itself</source>
            <translation>wird selbst gewählt</translation>
        </message>
        <message>
            <source>chosen from the memory</source>
            <translation>nach dem Speicher gewählt</translation>
        </message>
        <message>
            <source>classes: the numbers of a raster are classes. values: they are measures, scaled like bands. folders: images are labelled by the names of their subfolders, or by MNIST's label files. auto: whole numbers in one band are classes where there are at most 64 of them.</source>
            <translation>classes: Die Zahlen eines Rasters sind Klassen. values: Sie sind Messwerte, skaliert wie Kanäle. folders: Bilder sind durch die Namen ihrer Unterordner beschriftet, oder durch die Label-Dateien von MNIST. auto: Ganze Zahlen in einem Kanal sind Klassen, wo es höchstens 64 davon gibt.</translation>
        </message>
        <message>
            <source>cuda for NVIDIA cards (several GB), cpu for all else; auto looks for a card's driver and its CUDA version.</source>
            <translation>cuda für NVIDIA-Karten (mehrere GB), cpu für alles andere; auto sucht nach dem Treiber einer Karte und dessen CUDA-Version.</translation>
        </message>
        <message>
            <source>diffusion,ddpm,ddpm-cd,sr3,pth,weights,pretrained,foundation model,pytorch,detector</source>
            <translation>Diffusion,ddpm,ddpm-cd,sr3,pth,Gewichte,vortrainiert,Grundmodell,pytorch,Detektor</translation>
        </message>
        <message>
            <source>diffusion,ddpm,deep learning,generative,neural network,u-net,training,imagery,conditional</source>
            <translation>Diffusion,ddpm,Deep Learning,generativ,neuronales Netz,u-net,Training,Bilder,bedingt</translation>
        </message>
        <message>
            <source>diffusion,ddpm,synthetic,generative,generate,texture,imagery,seamless,conditional,label,land cover,super-resolution,downscaling,training data</source>
            <translation>Diffusion,ddpm,synthetisch,generativ,erzeugen,Textur,Bilder,nahtlos,bedingt,Beschriftung,Landbedeckung,Superresolution,Verfeinerung,Trainingsdaten</translation>
        </message>
        <message>
            <source>diffusion,ddpm,training,hyperparameter,grid search,noise schedule,architecture,comparison,kid</source>
            <translation>Diffusion,ddpm,Training,Hyperparameter,Rastersuche,Rauschplan,Architektur,Vergleich,kid</translation>
        </message>
        <message>
            <source>done</source>
            <translation>fertig</translation>
        </message>
        <message>
            <source>download,model,detector,index,zoo,share,pretrained,licence,checksum,offline</source>
            <translation>herunterladen,Modell,Detektor,Verzeichnis,Zoo,teilen,vortrainiert,Lizenz,Prüfsumme,offline</translation>
        </message>
        <message>
            <source>dpmpp_2m needs the fewest steps; heun is exact at more; ddim is the classic; ddpm adds noise in each step; consistency is for models that were tuned for few calls.</source>
            <translation>dpmpp_2m braucht die wenigsten Schritte; heun ist bei mehr Schritten genau; ddim ist der Klassiker; ddpm fügt in jedem Schritt Rauschen zu; consistency ist für Modelle, die auf wenige Aufrufe abgestimmt sind.</translation>
        </message>
        <message>
            <source>dpmpp_2m, or consistency where the model was tuned for it</source>
            <translation>dpmpp_2m, oder consistency, wo das Modell darauf abgestimmt ist</translation>
        </message>
        <message>
            <source>environment,python,torch,gpu,cuda,installation,diagnosis</source>
            <translation>Umgebung,python,torch,gpu,cuda,Installation,Diagnose</translation>
        </message>
        <message>
            <source>environment,python,torch,gpu,cuda,installation,install,venv,pip</source>
            <translation>Umgebung,python,torch,gpu,cuda,Installation,installieren,venv,pip</translation>
        </message>
        <message>
            <source>features: differences of what a diffusion model sees. irmad: iteratively reweighted multivariate alteration detection, needs no model. cva: length of the change vector. auto: features where a detector or a model is named, else irmad, which measured better than features do without labels.</source>
            <translation>features: Unterschiede dessen, was ein Diffusionsmodell sieht. irmad: iterativ neu gewichtete multivariate Veränderungserkennung, braucht kein Modell. cva: Länge des Änderungsvektors. auto: features, wo ein Detektor oder ein Modell genannt ist, sonst irmad, das ohne Beispiele besser gemessen wurde als features.</translation>
        </message>
        <message>
            <source>for HEAD siamese, or TUNE from random weights; the detector then needs none either</source>
            <translation>für HEAD siamese, oder TUNE von zufälligen Gewichten aus; dann braucht auch der Detektor keines</translation>
        </message>
        <message>
            <source>from the names of the files, such as 20050712 or 2005-07-12, else from their metadata</source>
            <translation>aus den Namen der Dateien, etwa 20050712 oder 2005-07-12, sonst aus ihren Metadaten</translation>
        </message>
        <message>
            <source>gap,fill,nodata,stripes,landsat 7,slc-off,clouds,void,dem,inpainting,kriging,interpolation,restoration</source>
            <translation>Lücke,füllen,nodata,Streifen,Landsat 7,SLC-off,Wolken,Fehlstelle,DGM,Inpainting,Kriging,Interpolation,Wiederherstellung</translation>
        </message>
        <message>
            <source>installing the other packages</source>
            <translation>die anderen Pakete werden installiert</translation>
        </message>
        <message>
            <source>installing torch</source>
            <translation>torch wird installiert</translation>
        </message>
        <message>
            <source>it has {} bands and '{}' has {}</source>
            <translation>es hat {} Kanäle und '{}' hat {}</translation>
        </message>
        <message>
            <source>it was trained on pixels of {} m and those of '{}' have {} m</source>
            <translation>es wurde auf Pixeln von {} m trainiert, und die von '{}' haben {} m</translation>
        </message>
        <message>
            <source>it was trained on values of {} to {} and '{}' has {} to {}</source>
            <translation>es wurde auf Werten von {} bis {} trainiert, und '{}' hat {} bis {}</translation>
        </message>
        <message>
            <source>it was trained on {} and '{}' is {}, whose units may be others</source>
            <translation>es wurde auf {} trainiert, und '{}' ist {}, womöglich in anderen Einheiten</translation>
        </message>
        <message>
            <source>its own name in the models folder</source>
            <translation>sein eigener Name im Modellordner</translation>
        </message>
        <message>
            <source>kinds by rules on indices, where bands have the roles red and nir</source>
            <translation>Arten nach Regeln über Indizes, wo Kanäle die Rollen red und nir haben</translation>
        </message>
        <message>
            <source>kriging: the best linear estimate from known pixels around. regression: from other dates, its errors kriged. auto: both, weighted by their errors where known pixels are held out. network: with what a small network learns from holes in known places. diffusion: so, and the network makes the draws too.</source>
            <translation>kriging: die beste lineare Schätzung aus bekannten Pixeln ringsum. regression: aus anderen Zeitpunkten, deren Fehler gekrigt. auto: beides, gewichtet nach den Fehlern, wo bekannte Pixel zurückgehalten werden. network: dazu, was ein kleines Netz aus Löchern an bekannten Stellen lernt. diffusion: ebenso, und das Netz macht auch die Ziehungen.</translation>
        </message>
        <message>
            <source>learning_rate: [0.001, 0.002]</source>
            <translation>learning_rate: [0.001, 0.002]</translation>
        </message>
        <message>
            <source>looking for pip</source>
            <translation>pip wird gesucht</translation>
        </message>
        <message>
            <source>making the environment</source>
            <translation>die Umgebung wird gemacht</translation>
        </message>
        <message>
            <source>match: fit the second date's brightness to the first on pixels that did not change.</source>
            <translation>match: Die Helligkeit des zweiten Zeitpunkts an den ersten anpassen, an Pixeln, die sich nicht verändert haben.</translation>
        </message>
        <message>
            <source>minutes</source>
            <translation>Minuten</translation>
        </message>
        <message>
            <source>minutes alone</source>
            <translation>nur nach Minuten</translation>
        </message>
        <message>
            <source>network fits a small network to known pixels of the raster itself, in holes that are made there, for about MINUTES of one processor core; it counts as much as it is better where known pixels are held out. diffusion lets this network make the draws too: each begins from a simulated one, gets noise, and loses it in two steps.</source>
            <translation>network passt ein kleines Netz an bekannte Pixel des Rasters selbst an, in Löchern, die dort gemacht werden, etwa MINUTES eines Prozessorkerns lang; es zählt so viel, wie es besser ist, wo bekannte Pixel zurückgehalten werden. diffusion lässt dieses Netz auch die Ziehungen machen: jede beginnt bei einer simulierten, bekommt Rauschen und verliert es in zwei Schritten.</translation>
        </message>
        <message>
            <source>no cap</source>
            <translation>keine Obergrenze</translation>
        </message>
        <message>
            <source>no driver for NVIDIA cards is installed</source>
            <translation>kein Treiber für NVIDIA-Karten ist installiert</translation>
        </message>
        <message>
            <source>no file</source>
            <translation>keine Datei</translation>
        </message>
        <message>
            <source>no limit</source>
            <translation>keine Grenze</translation>
        </message>
        <message>
            <source>no limit of time</source>
            <translation>keine zeitliche Grenze</translation>
        </message>
        <message>
            <source>no limit where MINUTES is set, else 4000 for the heads topdown and siamese, 3000 for the others</source>
            <translation>keine Grenze, wo MINUTES gesetzt ist, sonst 4000 für die Köpfe topdown und siamese, 3000 für die übrigen</translation>
        </message>
        <message>
            <source>no mask</source>
            <translation>keine Maske</translation>
        </message>
        <message>
            <source>no masks</source>
            <translation>keine Masken</translation>
        </message>
        <message>
            <source>no record</source>
            <translation>keine Aufzeichnung</translation>
        </message>
        <message>
            <source>no report</source>
            <translation>kein Bericht</translation>
        </message>
        <message>
            <source>no sample</source>
            <translation>keine Stichprobe</translation>
        </message>
        <message>
            <source>no statistics</source>
            <translation>keine Statistik</translation>
        </message>
        <message>
            <source>not drawn</source>
            <translation>wird nicht gezogen</translation>
        </message>
        <message>
            <source>not led by the condition</source>
            <translation>nicht von der Bedingung geführt</translation>
        </message>
        <message>
            <source>not written</source>
            <translation>wird nicht geschrieben</translation>
        </message>
        <message>
            <source>nothing is asked for</source>
            <translation>nichts ist verlangt</translation>
        </message>
        <message>
            <source>nothing is asked for by place</source>
            <translation>nichts ist nach dem Ort verlangt</translation>
        </message>
        <message>
            <source>only the diffusion model is imported</source>
            <translation>nur das Diffusionsmodell wird importiert</translation>
        </message>
        <message>
            <source>only the folder of tiles is used</source>
            <translation>nur der Ordner mit Kacheln wird benutzt</translation>
        </message>
        <message>
            <source>only the layers are used</source>
            <translation>nur die Layer werden benutzt</translation>
        </message>
        <message>
            <source>only the raster is used</source>
            <translation>nur das Raster wird benutzt</translation>
        </message>
        <message>
            <source>only the rasters are used</source>
            <translation>nur die Raster werden benutzt</translation>
        </message>
        <message>
            <source>onnx,deepness,openeo,stac,mlm,export,share,deploy,onnxruntime,detector,diffusion</source>
            <translation>onnx,deepness,openeo,stac,mlm,Export,teilen,weitergeben,onnxruntime,Detektor,Diffusion</translation>
        </message>
        <message>
            <source>onnx: a detector becomes one network with its model inside. It takes one raster that holds the bands of the first date and then those of the second, in their own numbers, and answers with the probability of change; where a band has no data the answer is 0. Windows, overlap, pixel size, threshold and the name of the class stand in the file under the names that the plugin Deepness reads, as model type Segmentor. ONNX Runtime runs it anywhere, and so do the user-defined functions of openEO. Noise, where a detector uses some, is fixed by the seed.</source>
            <translation>onnx: Ein Detektor wird mit seinem Modell zu einem Netz. Es nimmt ein Raster, das die Kanäle des ersten Zeitpunkts und danach die des zweiten in ihren eigenen Zahlen enthält, und antwortet mit der Wahrscheinlichkeit der Veränderung; wo ein Kanal keine Daten hat, ist die Antwort 0. Fenster, Überlappung, Pixelgröße, Schwelle und der Name der Klasse stehen in der Datei unter den Namen, die das Plugin Deepness liest, als Modelltyp Segmentor. ONNX Runtime führt es überall aus, ebenso die benutzerdefinierten Funktionen von openEO. Rauschen, wo ein Detektor welches braucht, liegt durch den Startwert fest.</translation>
        </message>
        <message>
            <source>onnx: the network with its weights, for ONNX Runtime, Deepness and openEO. stac: a STAC item with the Machine Learning Model extension, which tells what a file is, reads and may be used for.</source>
            <translation>onnx: das Netz mit seinen Gewichten, für ONNX Runtime, Deepness und openEO. stac: ein STAC-Item mit der Erweiterung Machine Learning Model, das sagt, was eine Datei ist, was sie liest und wofür sie genutzt werden darf.</translation>
        </message>
        <message>
            <source>packages are downloaded</source>
            <translation>die Pakete werden heruntergeladen</translation>
        </message>
        <message>
            <source>prediction: [edm, wiener, noise]</source>
            <translation>prediction: [edm, wiener, noise]</translation>
        </message>
        <message>
            <source>processors</source>
            <translation>Prozessoren</translation>
        </message>
        <message>
            <source>px</source>
            <translation>px</translation>
        </message>
        <message>
            <source>quality,realism,variety,kid,fid,frechet,precision,recall,coverage,memorisation,spectrum,synthetic</source>
            <translation>Qualität,Realismus,Vielfalt,kid,fid,frechet,Präzision,Trefferquote,Abdeckung,Memorisierung,Spektrum,synthetisch</translation>
        </message>
        <message>
            <source>reading pip's configuration</source>
            <translation>die Einstellungen von pip werden gelesen</translation>
        </message>
        <message>
            <source>square metres</source>
            <translation>Quadratmeter</translation>
        </message>
        <message>
            <source>square metres (pixels where there is no CRS)</source>
            <translation>Quadratmeter (Pixel, wo kein KBS ist)</translation>
        </message>
        <message>
            <source>stac: a STAC item with the Machine Learning Model extension tells of a file that you share: its bands, its scaling, its licence and a checksum. Put it beside the file.</source>
            <translation>stac: Ein STAC-Item mit der Erweiterung Machine Learning Model erzählt von einer Datei, die Sie weitergeben: ihre Kanäle, ihre Skalierung, ihre Lizenz und eine Prüfsumme. Legen Sie es neben die Datei.</translation>
        </message>
        <message>
            <source>standard: bring both dates to one brightness and contrast, band by band, before the model sees them; 'Detect changes' will do the same. none: as they are.</source>
            <translation>standard: beide Zeitpunkte vor dem Modell Kanal für Kanal auf dieselbe Helligkeit und denselben Kontrast bringen; „Veränderungen erkennen“ tut dann dasselbe. none: wie sie sind.</translation>
        </message>
        <message>
            <source>synthetic</source>
            <translation>synthetisch</translation>
        </message>
        <message>
            <source>temporary: QGIS removes it when it is closed</source>
            <translation>temporär: QGIS entfernt es beim Schließen</translation>
        </message>
        <message>
            <source>that of 'Detect changes', made stricter by the number of dates</source>
            <translation>der von „Veränderungen erkennen“, strenger je nach Zahl der Daten</translation>
        </message>
        <message>
            <source>that of the detection, which is written in the raster</source>
            <translation>die der Erkennung, die im Raster steht</translation>
        </message>
        <message>
            <source>that of the models which came with the plugin or the checkout; the network is not used</source>
            <translation>das der Modelle, die mit dem Plugin oder der Arbeitskopie kamen; das Netz wird nicht benutzt</translation>
        </message>
        <message>
            <source>the Python that QGIS runs on, where it serves, else one installed on this machine or brought by uv</source>
            <translation>das Python, auf dem QGIS läuft, wo es taugt, sonst eines, das auf diesem Rechner installiert ist oder das uv mitbringt</translation>
        </message>
        <message>
            <source>the bands of INPUT</source>
            <translation>die Kanäle von INPUT</translation>
        </message>
        <message>
            <source>the detector's</source>
            <translation>das des Detektors</translation>
        </message>
        <message>
            <source>the detector's own, or 0.5</source>
            <translation>der des Detektors, oder 0,5</translation>
        </message>
        <message>
            <source>the detector's own, or found from the scores</source>
            <translation>die des Detektors, oder aus den Werten bestimmt</translation>
        </message>
        <message>
            <source>the detector's, or for METHOD features the first in the models folder whose bands fit</source>
            <translation>das des Detektors, oder für METHOD features das erste im Modellordner, dessen Kanäle passen</translation>
        </message>
        <message>
            <source>the diffusion model itself is exported</source>
            <translation>das Diffusionsmodell selbst wird exportiert</translation>
        </message>
        <message>
            <source>the field whose values all are classes of the model</source>
            <translation>das Feld, dessen Werte alle Klassen des Modells sind</translation>
        </message>
        <message>
            <source>the finest of the bands</source>
            <translation>die feinste der Kanäle</translation>
        </message>
        <message>
            <source>the folder {}</source>
            <translation>dem Ordner {}</translation>
        </message>
        <message>
            <source>the method's own</source>
            <translation>die des Verfahrens</translation>
        </message>
        <message>
            <source>the model is told nothing</source>
            <translation>dem Modell wird nichts gesagt</translation>
        </message>
        <message>
            <source>the one for macOS, which uses Apple's GPUs too</source>
            <translation>die für macOS, die auch Apples Grafikprozessoren nutzt</translation>
        </message>
        <message>
            <source>the one that jobs use</source>
            <translation>das, das die Aufträge benutzen</translation>
        </message>
        <message>
            <source>the path of a {} file</source>
            <translation>der Pfad einer {}-Datei</translation>
        </message>
        <message>
            <source>the program said nothing</source>
            <translation>das Programm sagte nichts</translation>
        </message>
        <message>
            <source>the provider's settings</source>
            <translation>den Einstellungen des Anbieters</translation>
        </message>
        <message>
            <source>the raster alone</source>
            <translation>das Raster allein</translation>
        </message>
        <message>
            <source>the template's, or that of the training raster or of SOURCE</source>
            <translation>die des Vorlagerasters, oder die des Trainingsrasters oder von SOURCE</translation>
        </message>
        <message>
            <source>the training raster's, or EXTENT, CRS and PIXEL_SIZE</source>
            <translation>das des Trainingsrasters, oder EXTENT, CRS und PIXEL_SIZE</translation>
        </message>
        <message>
            <source>the training starts from nothing</source>
            <translation>das Training beginnt bei nichts</translation>
        </message>
        <message>
            <source>the whole length</source>
            <translation>die ganze Länge</translation>
        </message>
        <message>
            <source>the whole raster</source>
            <translation>das ganze Raster</translation>
        </message>
        <message>
            <source>this process alone</source>
            <translation>dieser Prozess allein</translation>
        </message>
        <message>
            <source>threshold,change detection,probability,score,mask,polygons,sieve,minimum mapping unit</source>
            <translation>Schwelle,Schwellwert,Veränderungserkennung,Wahrscheinlichkeit,Maske,Polygone,Mindestfläche,change detection,threshold</translation>
        </message>
        <message>
            <source>tile size, schedule and steps as usual with that publisher, each said in a note</source>
            <translation>Kachelgröße, Plan und Schritte wie bei diesem Herausgeber üblich, jedes in einer Mitteilung genannt</translation>
        </message>
        <message>
            <source>tiles</source>
            <translation>Kacheln</translation>
        </message>
        <message>
            <source>tiles: separate tiles side by side. seamless: one area without borders between tiles.</source>
            <translation>tiles: einzelne Kacheln nebeneinander. seamless: eine Fläche ohne Ränder zwischen Kacheln.</translation>
        </message>
        <message>
            <source>told by the names of the bands, such as NIR, B8 or SR_B5</source>
            <translation>nach den Namen der Kanäle, etwa NIR, B8 oder SR_B5</translation>
        </message>
        <message>
            <source>topdown: several small networks on what the model sees at each scale, each trained on other pairs. siamese: the same on the dates alone. linear: weighs how the model's estimates differ, in a minute. ours: learns filters on its features. published: that of ddpm-cd.</source>
            <translation>topdown: mehrere kleine Netze auf dem, was das Modell in jedem Maßstab sieht, jedes auf anderen Paaren trainiert. siamese: dasselbe auf den Zeitpunkten allein. linear: gewichtet, wie sich die Schätzungen des Modells unterscheiden, in einer Minute. ours: lernt Filter auf seinen Merkmalen. published: der von ddpm-cd.</translation>
        </message>
        <message>
            <source>torch answered with other words than were asked for: {}</source>
            <translation>torch antwortete mit anderen Worten als gefragt war: {}</translation>
        </message>
        <message>
            <source>torch comes as the build that the driver of an NVIDIA card can use, or the small one for processors, and the log says which. It is taken from its publisher's index, unless pip is configured with an index of its own, or one is named.</source>
            <translation>torch kommt in der Ausgabe, die der Treiber einer NVIDIA-Karte nutzen kann, oder in der kleinen für Prozessoren; das Protokoll sagt, in welcher. Es wird vom Index seines Herausgebers genommen, sofern pip nicht auf einen eigenen Index eingestellt oder einer genannt ist.</translation>
        </message>
        <message>
            <source>torch is taken from {}.</source>
            <translation>torch kommt von {}.</translation>
        </message>
        <message>
            <source>torch {} is a build for processors, so NVIDIA cards stay unused. Name an index with a build for CUDA in TORCH_INDEX_URL, and run this again.</source>
            <translation>torch {} ist eine Ausgabe für Prozessoren, NVIDIA-Karten bleiben also ungenutzt. Nennen Sie in TORCH_INDEX_URL einen Index mit einer Ausgabe für CUDA, und führen Sie dies noch einmal aus.</translation>
        </message>
        <message>
            <source>torch {} is built for CUDA {}, but finds no card that works. Update the driver, or name the index of an older CUDA in TORCH_INDEX_URL; until then jobs run on the processor.</source>
            <translation>torch {} ist für CUDA {} gemacht, findet aber keine Karte, die funktioniert. Aktualisieren Sie den Treiber, oder nennen Sie in TORCH_INDEX_URL den Index eines älteren CUDA; bis dahin laufen die Aufträge auf dem Prozessor.</translation>
        </message>
        <message>
            <source>torch {} is there, and computes on NVIDIA cards (CUDA {}).</source>
            <translation>torch {} ist da und rechnet auf NVIDIA-Karten (CUDA {}).</translation>
        </message>
        <message>
            <source>torch {} is there, for processors.</source>
            <translation>torch {} ist da, für Prozessoren.</translation>
        </message>
        <message>
            <source>torch {} is there, the larger build for CUDA {}.</source>
            <translation>torch {} ist da, die größere Ausgabe für CUDA {}.</translation>
        </message>
        <message>
            <source>true or false</source>
            <translation>wahr oder falsch</translation>
        </message>
        <message>
            <source>trying it</source>
            <translation>die Umgebung wird erprobt</translation>
        </message>
        <message>
            <source>twice a tile</source>
            <translation>das Doppelte einer Kachel</translation>
        </message>
        <message>
            <source>unet: a U-Net with few parts. wide: one whose time is spent in products, made for bfloat16. sr3: the network published with DDPM-CD. auto: the preset's, which for digits is wide on a processor that multiplies bfloat16 fast.</source>
            <translation>unet: ein U-Netz aus wenigen Teilen. wide: eines, dessen Zeit in Produkte geht, gemacht für bfloat16. sr3: das mit DDPM-CD veröffentlichte Netz. auto: das der Voreinstellung, bei digits wide auf einem Prozessor, der bfloat16 schnell multipliziert.</translation>
        </message>
        <message>
            <source>what is missing is nodata</source>
            <translation>es fehlt, was ohne Daten ist</translation>
        </message>
        <message>
            <source>which asks for six settings. Every advanced field of 'Train diffusion model' can stand in it, by its name in small letters; what the grid does not name is set here for all. The data are the same for all.</source>
            <translation>was sechs Einstellungen verlangt. Jedes erweiterte Feld von „Diffusionsmodell trainieren“ darf darin stehen, mit seinem Namen in Kleinbuchstaben; was darin nicht steht, gilt so, wie es hier gesetzt ist, für alle. Die Daten sind für alle dieselben.</translation>
        </message>
        <message>
            <source>{} ({}) is missing. {}</source>
            <translation>{} ({}) fehlt. {}</translation>
        </message>
        <message>
            <source>{} ({}) is read by the job as {}. Choose another name, so that no input is lost.</source>
            <translation>{} ({}) wird von der Aufgabe als {} gelesen. Wählen Sie einen anderen Namen, damit keine Eingabe verloren geht.</translation>
        </message>
        <message>
            <source>{} ({}) is written by {} too. Choose another name.</source>
            <translation>{} ({}) wird auch von {} geschrieben. Wählen Sie einen anderen Namen.</translation>
        </message>
        <message>
            <source>{} after</source>
            <translation>{} nachher</translation>
        </message>
        <message>
            <source>{} and {} are given, and a run does one of both. Leave one of them empty.</source>
            <translation>{} und {} sind angegeben, und ein Lauf tut nur eines von beiden. Lassen Sie eines davon leer.</translation>
        </message>
        <message>
            <source>{} asks for band {}, but '{}' has {}. Choose other bands or leave it empty.</source>
            <translation>{} verlangt Kanal {}, aber „{}“ hat {}. Wählen Sie andere Kanäle, oder lassen Sie es leer.</translation>
        </message>
        <message>
            <source>{} bands ({}), tiles of {} px.</source>
            <translation>{} Kanäle ({}), Kacheln von {} px.</translation>
        </message>
        <message>
            <source>{} before</source>
            <translation>{} vorher</translation>
        </message>
        <message>
            <source>{} cannot be started: {}.</source>
            <translation>{} lässt sich nicht starten: {}.</translation>
        </message>
        <message>
            <source>{} cannot be written to. Choose another folder for the environment.</source>
            <translation>{} lässt sich nicht beschreiben. Wählen Sie einen anderen Ordner für die Umgebung.</translation>
        </message>
        <message>
            <source>{} cannot load its ssl module, so it can download nothing.</source>
            <translation>{} kann sein Modul ssl nicht laden und darum nichts herunterladen.</translation>
        </message>
        <message>
            <source>{} comes by the expression {}, which gives no value. Correct it, or give a value.</source>
            <translation>{} kommt aus dem Ausdruck {}, der keinen Wert ergibt. Berichtigen Sie ihn, oder geben Sie einen Wert an.</translation>
        </message>
        <message>
            <source>{} did not answer within {} s.</source>
            <translation>{} hat nicht binnen {} s geantwortet.</translation>
        </message>
        <message>
            <source>{} does not answer, so its build cannot be had. {}</source>
            <translation>{} antwortet nicht, darum ist seine Ausgabe nicht zu haben. {}</translation>
        </message>
        <message>
            <source>{} gets no style file, because {} would be shown with it too. Give one of them another name.</source>
            <translation>{} bekommt keine Stildatei, weil auch {} mit ihr gezeigt würde. Geben Sie einer von beiden einen anderen Namen.</translation>
        </message>
        <message>
            <source>{} has {} GB free; {} GB are needed for the build {}. Free some space, or choose another folder.</source>
            <translation>{} hat {} GB frei; {} GB braucht die Ausgabe {}. Schaffen Sie Platz, oder wählen Sie einen anderen Ordner.</translation>
        </message>
        <message>
            <source>{} holds a null character. Give a plain text.</source>
            <translation>{} enthält ein Nullzeichen. Geben Sie einen einfachen Text an.</translation>
        </message>
        <message>
            <source>{} holds other files and was not made by 'Set up environment'. Choose an empty or new folder for the environment.</source>
            <translation>{} enthält andere Dateien und wurde nicht von „Umgebung einrichten“ angelegt. Wählen Sie einen leeren oder neuen Ordner für die Umgebung.</translation>
        </message>
        <message>
            <source>{} is Python {}; {} or newer is needed.</source>
            <translation>{} ist Python {}; {} oder neuer wird gebraucht.</translation>
        </message>
        <message>
            <source>{} is a file. Choose an empty or new folder for the environment.</source>
            <translation>{} ist eine Datei. Wählen Sie einen leeren oder neuen Ordner für die Umgebung.</translation>
        </message>
        <message>
            <source>{} is empty. {}</source>
            <translation>{} ist leer. {}</translation>
        </message>
        <message>
            <source>{} is no working Python: {}.</source>
            <translation>{} ist kein funktionierendes Python: {}.</translation>
        </message>
        <message>
            <source>{} is {}, but has to be a coordinate reference system. {}</source>
            <translation>{} ist {}, muss aber ein Koordinatenbezugssystem sein. {}</translation>
        </message>
        <message>
            <source>{} is {}, but has to be a finite number.</source>
            <translation>{} ist {}, muss aber eine endliche Zahl sein.</translation>
        </message>
        <message>
            <source>{} is {}, but has to be a rectangle. {}</source>
            <translation>{} ist {}, muss aber ein Rechteck sein. {}</translation>
        </message>
        <message>
            <source>{} is {}, but has to be one of: {}.</source>
            <translation>{} ist {}, muss aber eines von diesen sein: {}.</translation>
        </message>
        <message>
            <source>{} is {}, but has to be {}. {}</source>
            <translation>{} ist {}, muss aber {} sein. {}</translation>
        </message>
        <message>
            <source>{} is {}, but what is written there ends in {}. Choose a name that ends so.</source>
            <translation>{} ist {}, doch was dort geschrieben wird, endet auf {}. Wählen Sie einen Namen, der so endet.</translation>
        </message>
        <message>
            <source>{} is {}, not a file. Choose another raster.</source>
            <translation>{} ist keine Datei ({}). Wählen Sie ein anderes Raster.</translation>
        </message>
        <message>
            <source>{} is {}, which is out of range. {}</source>
            <translation>{} ist {} und damit außerhalb des Bereichs. {}</translation>
        </message>
        <message>
            <source>{} lacks the module ensurepip (on Debian and Ubuntu: sudo apt install python{}.{}-venv).</source>
            <translation>{} fehlt das Modul ensurepip (auf Debian und Ubuntu: sudo apt install python{}.{}-venv).</translation>
        </message>
        <message>
            <source>{} lacks the module venv.</source>
            <translation>{} fehlt das Modul venv.</translation>
        </message>
        <message>
            <source>{} lacks {}.</source>
            <translation>{} fehlt {}.</translation>
        </message>
        <message>
            <source>{} left</source>
            <translation>noch {}</translation>
        </message>
        <message>
            <source>{} needs REFERENCE: a sample tells of its points alone. Leave {} empty.</source>
            <translation>{} braucht REFERENCE: Eine Stichprobe weiß nur von ihren Punkten. Lassen Sie {} leer.</translation>
        </message>
        <message>
            <source>{} of {} MB</source>
            <translation>{} von {} MB</translation>
        </message>
        <message>
            <source>{}, as pip is configured</source>
            <translation>{}, wie pip eingestellt ist</translation>
        </message>
        <message>
            <source>{}, change</source>
            <translation>{}, Veränderung</translation>
        </message>
        <message>
            <source>{}, named in {}, does not exist. Choose another.</source>
            <translation>{}, genannt in {}, gibt es nicht. Wählen Sie ein anderes.</translation>
        </message>
        <message>
            <source>{}, {} MB/s, {} left</source>
            <translation>{}, {} MB/s, noch {}</translation>
        </message>
        <message>
            <source>{}: beside {} lies {}, the last changes of a GeoPackage that is not there. Put that GeoPackage back, move the file away, or choose another name.</source>
            <translation>{}: Neben {} liegt {}, die letzten Änderungen eines GeoPackage, das fehlt. Legen Sie das GeoPackage zurück, verschieben Sie die Datei, oder wählen Sie einen anderen Namen.</translation>
        </message>
        <message>
            <source>{}: rasters are written as GeoTIFF, and {} is no .tif. Choose a name that ends in .tif.</source>
            <translation>{}: Raster werden als GeoTIFF geschrieben, und {} ist kein .tif. Wählen Sie einen Namen, der auf .tif endet.</translation>
        </message>
        <message>
            <source>{}: the layer '{}' has no CRS, and the change map has one. Set its CRS.</source>
            <translation>{}: Der Layer „{}“ hat kein KBS, die Veränderungskarte hat eines. Setzen Sie sein KBS.</translation>
        </message>
        <message>
            <source>{}: {} cannot be read as a layer. Choose another file.</source>
            <translation>{}: {} lässt sich nicht als Layer lesen. Wählen Sie eine andere Datei.</translation>
        </message>
        <message>
            <source>{}: {} holds a table '{}' that is no layer of vectors, and it would be lost. Choose another name.</source>
            <translation>{}: {} enthält eine Tabelle '{}', die kein Vektorlayer ist und verloren ginge. Wählen Sie einen anderen Namen.</translation>
        </message>
        <message>
            <source>{}: {} holds {} layers, which would be lost. Choose another name.</source>
            <translation>{}: {} enthält {} Layer, die verloren gingen. Wählen Sie einen anderen Namen.</translation>
        </message>
        <message>
            <source>{}: {} is there and is no GeoPackage, so no layer can be added to it. Choose another name.</source>
            <translation>{}: {} ist da und kein GeoPackage, sodass kein Layer hinzukommen kann. Wählen Sie einen anderen Namen.</translation>
        </message>
    </context>
</TS>
